"""The date by which a suppression ends: that of the HEAD commit, so that a verdict depends on the tree alone."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from cta_analytics.pages.git import ask, repository_of
from cta_analytics.pages.source import ReadFrom


class Calendar:
    """The dates of the HEAD commits; git is asked once for each repository, and only if there is need."""

    def __init__(self) -> None:
        self._by_repository: dict[Path, date | None] = {}

    def date_of(self, file: ReadFrom | None) -> date | None:
        """The day (UTC) of the HEAD commit of the repository that a file lies in; None where there is none."""
        return self.date_in(file.path.parent) if file else None

    def date_in(self, folder: Path) -> date | None:
        """The same of a folder."""
        root = repository_of(folder.absolute())
        if root is None:
            return None
        if root not in self._by_repository:
            said = ask(root, "log", "-1", "--format=%ct", "HEAD").output.strip()
            self._by_repository[root] = datetime.fromtimestamp(int(said), UTC).date() if said else None
        return self._by_repository[root]
