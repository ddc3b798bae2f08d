"""The contract: what is read, and what is said about a mistake in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from cta_analytics import __version__, config
from cta_analytics.errors import CtaError

CONTRACT = """\
[site]
base_url = "https://shop.example/"
timezone = "America/Chicago"

[[pages]]
kind = "answer"
path = "/answers/{slug}"

[tags]
maas = ["maas_adg_0123456789ABCDEF0123456789ABCDEF_afap_abs"]

[[ctas]]
name = "amazon-store"
match = { kind = "amazon_store" }
on = ["answer"]
program = "attribution"
min_per_page = 1
[ctas.params]
utm_source = "shop"
utm_content = "{slug}"
ref_ = ["aa_maas"]
321src = { pattern = "answer-.*" }
maas = { one_of = "tags.maas" }
channel = { by_answer = "channel" }
"""


def written(folder: Path, text: str) -> Path:
    file = folder / "cta.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_contract_is_read_with_every_kind_of_parameter_rule(tmp_path: Path) -> None:
    project = config.read(written(tmp_path, CONTRACT))
    assert project.root == tmp_path
    assert project.contract.all_sites[0].host == "shop.example"
    assert str(project.contract.zone) == "America/Chicago"
    assert project.contract.ctas[0].params == {
        "utm_source": "shop",
        "utm_content": "{slug}",
        "ref_": ["aa_maas"],
        "321src": config.Pattern(pattern="answer-.*"),
        "maas": config.OneOf(one_of="tags.maas"),
        "channel": config.ByAnswer(by_answer="channel"),
    }


def test_the_nearest_contract_upwards_is_found(tmp_path: Path) -> None:
    file = written(tmp_path, CONTRACT)
    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)
    assert config.find(deep) == file


def test_without_a_contract_the_defaults_hold(tmp_path: Path) -> None:
    project = config.read(start=tmp_path)
    assert (project.contract, project.root, project.file) == (config.Contract(), tmp_path, None)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[site]\nbase_uri = "https://a.example"', ':2: unknown key "base_uri" in [site]; did you mean "base_url"?'),
        ('[sight]\nbase_url = "x"', ':1: unknown key "sight"; did you mean "site"?'),
        (
            '[[ctas]]\nname = "a"\nmatch = { kind = "amazon_store" }\nmin_per_pages = 1',
            ':4: unknown key "min_per_pages" in [ctas]; did you mean "min_per_page"?',
        ),
        (
            '[[ctas]]\nname = "a"\nmatch = { knd = "amazon_store" }',
            ':3: unknown key "knd" in [ctas.match]; did you mean "kind"?',
        ),
        (
            '[site]\ntimezone = "Chicago"',
            ':2: site.timezone: "Chicago" is no IANA time zone; write one like "America/Chicago"',
        ),
        (
            '[[pages]]\nkind = "a"\npath = "/x/{id}"',
            ':3: pages.0.path: "{id}" is unknown here; use {slug}, {lang} or {path}',
        ),
        (
            '[[ctas]]\nname = "a"\nmatch = {}\nparams = { x = { one_of = "tags.mass" } }',
            (
                ': [[ctas]] a, params.x: one_of = "tags.mass" names no list; '
                "known are tags.maas, tags.channel, tags.tracking_id"
            ),
        ),
        (
            '[[pages]]\nkind = "a"\npath = "/x/{slug}/{slug}"',
            ':3: pages.0.path: "{slug}" stands in it twice; name each part once',
        ),
        (
            # Of two patterns, and of the forms that a value can have, the one that is wrong.
            (
                '[[ctas]]\nname = "a"\nmatch = {}\n[ctas.params]\nx = { pattern = "a" }\n'
                '[[ctas]]\nname = "b"\nmatch = {}\n[ctas.params]\nx = { pattern = "[a" }'
            ),
            ':10: ctas.1.params.x.pattern: "[a" is no regular expression: unterminated character set at position 0',
        ),
        (
            '[[ctas]]\nname = "a"\nmatch = {}\n[ctas.params]\nx = { patern = "a" }',
            ':5: unknown key "patern" in [ctas.params.x]; did you mean "pattern"?',
        ),
        (
            '[[lint.suppress]]\npaths = ["/x"]\nrules = ["UTM001"]\nuntil = "soon"',
            ':4: lint.suppress.0.until: "soon" is no date; write one like 2027-01-31',
        ),
        (
            'required-version = "9"',
            ':1: required-version: "9" is no version specifier; write one like ">=0.1,<0.3"',
        ),
        (
            # A later version may know the key.
            'required-version = ">=9,<10"\nlater = 1',
            f':1: required-version is ">=9,<10", and this is cta {__version__}; install one that fits',
        ),
        ("[site", ": not valid TOML: Expected ']' at the end of a table declaration (at end of document)"),
    ],
)
def test_a_mistake_is_named_with_its_line_and_the_remedy(tmp_path: Path, text: str, message: str) -> None:
    file = written(tmp_path, text)
    with pytest.raises(CtaError) as error:
        config.read(file)
    assert str(error.value) == f"{file}{message}"


def test_a_missing_contract_that_was_named_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CtaError, match=r"no such file; name a cta.toml with --config"):
        config.read(tmp_path / "other.toml")


def test_a_contract_in_another_encoding_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "cta.toml").write_bytes(b'[site]\nname = "caf\xe9"\n')
    with pytest.raises(CtaError, match=r"not UTF-8 at byte 18"):
        config.read(tmp_path / "cta.toml")


@pytest.mark.parametrize("key", ["required-version", "required_version"])
def test_a_version_that_fits_is_no_news(tmp_path: Path, key: str) -> None:
    contract = config.read(written(tmp_path, f'{key} = "=={__version__}"')).contract
    assert contract.required_version == f"=={__version__}"
