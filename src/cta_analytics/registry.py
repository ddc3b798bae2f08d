"""Extension points: every module of a folder is one entry, found without being listed anywhere."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from typing import TypeVar

T = TypeVar("T")


class Registry(Mapping[str, T]):
    """The values named `constant` in the modules of `package`, by module name, in sorted order.

    A module is imported when its entry is first read, so that listing names stays cheap. A trailing
    underscore in a module name (`import_`) is not part of the entry's name, and an underscore
    stays one: `nginx_json` is the file, the registry name and the word on the command line.
    """

    def __init__(self, package: str, constant: str, of: type[T]) -> None:
        self._package = package
        self._constant = constant
        self._of = of
        self._names: dict[str, str] | None = None
        self._entries: dict[str, T] = {}

    def _modules(self) -> dict[str, str]:
        if self._names is None:
            paths = importlib.import_module(self._package).__path__
            names = sorted(module.name for module in pkgutil.iter_modules(paths))
            self._names = {name.rstrip("_"): f"{self._package}.{name}" for name in names}
        return self._names

    def __getitem__(self, name: str) -> T:
        if name not in self._entries:
            module = importlib.import_module(self._modules()[name])
            value = getattr(module, self._constant, None)
            if not isinstance(value, self._of):
                raise TypeError(f"{module.__name__} must define {self._constant}, a {self._of.__name__}")
            self._entries[name] = value
        return self._entries[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._modules())

    def __len__(self) -> int:
        return len(self._modules())

    def __contains__(self, name: object) -> bool:
        return name in self._modules()
