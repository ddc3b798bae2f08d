"""After links or clicks have changed: what each answer's share of the conversions rests on is reckoned anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cta_analytics.config import Project


def refresh(project: Project, wait: float = 0.0) -> None:
    """Bring `answer_conversions` up to date; nothing where nothing was imported yet."""
    from cta_analytics.conversions import attribution
    from cta_analytics.warehouse.connection import published_file, reader, transaction, writer

    if not published_file(project).exists():
        return
    with reader(project) as connection:
        if not connection.execute("SELECT count(*) FROM imports").fetchall()[0][0]:
            return
    with writer(project, wait) as connection, transaction(connection):
        attribution.refresh(connection, project)
