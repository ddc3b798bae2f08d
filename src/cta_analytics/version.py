"""Whether this version of the tool is one that a contract asks for."""

from __future__ import annotations

from cta_analytics import __version__


def check(required: object, version: str = __version__) -> None:
    """Accepts a version that a specifier such as `>=0.1,<0.3` (PEP 440) is about, and any where none is given.

    Raises: ValueError where this is another one, or where what is asked for is no specifier.
    """
    if not isinstance(required, str):
        return
    # Few contracts ask, and none is to pay for the import that does not.
    from packaging.specifiers import InvalidSpecifier, SpecifierSet

    try:
        wanted = SpecifierSet(required)
    except InvalidSpecifier:
        raise ValueError(
            f'required-version: "{required}" is no version specifier; write one like ">=0.1,<0.3"'
        ) from None
    if not wanted.contains(version, prereleases=True):
        raise ValueError(f'required-version is "{required}", and this is cta {version}; install one that fits')
