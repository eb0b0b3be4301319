"""What stands in the knowledge base already: imported articles, and primary keys set aside for new ones."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection, transaction
from django.utils.translation import gettext as _
from wagtail.models import Page

from kb.choices import State
from kb.models import ArticlePage, VersionState


@dataclass(frozen=True, slots=True)
class Standing:
    """An article that an earlier import wrote."""

    pk: int
    source_hash: str
    language: str
    translation_group: uuid.UUID
    audience: str
    kept: str
    """Why an import must not change its text, "" if it may."""


def standing_articles(source_ids: Iterable[str] | None = None) -> dict[str, Standing]:
    """The imported articles by source id: all, or those of ``source_ids``."""
    rows = ArticlePage.objects.filter(source_id__isnull=False).order_by()
    if source_ids is not None:
        rows = rows.filter(source_id__in=list(source_ids))
    # A version with a revision behind it was made in the editor; imports leave none.
    edited = set(
        VersionState.objects.filter(
            state__in=[State.IN_FORCE, State.ANNOUNCED],
            version__revision_id__isnull=False,
            article_uuid__in=rows.values("uuid"),
        ).values_list("article_uuid", flat=True)
    )
    return {
        row.source_id: Standing(
            pk=row.pk,
            source_hash=row.source_hash,
            language=row.language,
            translation_group=row.translation_group,
            audience=row.audience,
            kept=_kept(row, edited),
        )
        for row in rows.values_list(
            "pk",
            "source_id",
            "source_hash",
            "language",
            "translation_group",
            "audience",
            "uuid",
            "version",
            "live",
            named=True,
        ).iterator(chunk_size=2000)
    }


def _kept(row, edited: set) -> str:
    if not row.live or row.version is None:
        return _("It was taken out of force here; left as it is.")
    if row.uuid in edited:
        return _("It was edited here since the last import; left as it is.")
    return ""


def groups_taken() -> dict[uuid.UUID, dict[str, str]]:
    """Every translation group: its languages and the source id behind each, "" for one written here."""
    groups: dict[uuid.UUID, dict[str, str]] = {}
    rows = ArticlePage.objects.order_by().values_list("translation_group", "language", "source_id")
    for group, language, source_id in rows.iterator(chunk_size=2000):
        groups.setdefault(group, {})[language] = source_id or ""
    return groups


@transaction.atomic
def reserve_pages(number: int) -> list[int]:
    """Set ``number`` primary keys of pages aside; whoever adds a page meanwhile gets others.

    Links between new articles need them before the rows exist. Keys that are never used are only gaps.
    """
    if not number:
        return []
    table = Page._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT MAX(id) FROM wagtailcore_page")
            highest = cursor.fetchone()[0] or 0
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
            row = cursor.fetchone()
            first = max(highest, row[0] if row else 0) + 1
            if row:
                cursor.execute(
                    "UPDATE sqlite_sequence SET seq = %s WHERE name = %s",
                    [first + number - 1, table],
                )
            return list(range(first, first + number))
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [table, number],
        )
        return [pk for (pk,) in cursor.fetchall()]
