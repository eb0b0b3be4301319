"""Writing articles in batches: a transaction each, rows in bulk, short enough to let others write between.

New articles go in as rows: page, article, version in force, its state, tags, file uses and references, with
places in the tree computed here. No revision is written: Wagtail edits a page without one from its row.
"""

import datetime
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from modelcluster.models import get_all_child_relations
from wagtail.models import Page

from common.events import emit
from common.ledger import GENESIS, sha256_of
from kb.choices import State
from kb.events import ArticlesImported
from kb.extensions import publishing
from kb.importing import references
from kb.importing.conversion import Converted
from kb.importing.sections import Places
from kb.importing.tags import Tags
from kb.models import ArticlePage, ArticleTag, ArticleVersion, VersionState
from kb.services.tree import ensure_root_section
from people.models import Employee, User


@dataclass(frozen=True, slots=True)
class Prepared:
    """A converted document with everything its row needs."""

    converted: Converted
    pk: int
    section: int
    group: UUID
    audience: str
    owner: Employee | None
    published_at: datetime.datetime

    @property
    def source_id(self) -> str:
        """The id at the source."""
        return self.converted.document.source_id


class Objected(Exception):
    """An app above refuses a version of the article from ``source_id``; the message says why."""

    def __init__(self, source_id: str, reason: str) -> None:
        super().__init__(reason)
        self.source_id = source_id


class Writer:
    """Writes new articles. One writer a run: it keeps what every batch needs again."""

    def __init__(self, *, by: User | None) -> None:
        self._by = by
        self._locale = ensure_root_section().locale
        self._type = ContentType.objects.get_for_model(ArticlePage)
        self.tags = Tags()

    def article(self, prepared: Prepared) -> ArticlePage:
        """The new article in memory, not placed yet."""
        converted, document = prepared.converted, prepared.converted.document
        moment = prepared.published_at
        return ArticlePage(
            id=prepared.pk,
            page_ptr_id=prepared.pk,
            title=document.title,
            draft_title=document.title,
            content_type=self._type,
            locale=self._locale,
            owner=self._by,
            live=True,
            has_unpublished_changes=False,
            first_published_at=moment,
            last_published_at=moment,
            audience=prepared.audience,
            version=1,
            source_id=document.source_id,
            source_hash=converted.source_hash,
            translation_group=prepared.group,
            kind=converted.kind,
            risk=converted.risk,
            language=converted.language,
            answer=converted.answer,
            body=json.dumps(converted.blocks, ensure_ascii=False),
            content_owner=prepared.owner,
            review_interval_days=document.review_days,
            source_url=document.source_url,
            source_licence=document.licence,
            source_attribution=document.attribution,
        )

    def write(self, batch: Iterable[Prepared]) -> list[int]:
        """Write one batch in one transaction; the new primary keys. Call inside ``atomic``."""
        articles: list[ArticlePage] = []
        versions: list[ArticleVersion] = []
        tagged: list[ArticleTag] = []
        prepared_batch = list(batch)
        places = Places(prepared.section for prepared in prepared_batch)
        for prepared in prepared_batch:
            article = self.article(prepared)
            set_tags(article, self.tags.ids(prepared.converted.document.tags))
            places.settle(article, prepared.section)
            articles.append(article)
            versions.append(self._first_version(article, prepared.published_at))
            tagged += article.tagged_items.all()
        insert_pages(articles)
        places.count()
        ArticleVersion.objects.bulk_create(versions)
        VersionState.objects.bulk_create(
            VersionState(
                version=version,
                article_uuid=version.article_uuid,
                number=version.number,
                effective_at=version.effective_at,
                state=State.IN_FORCE,
                in_force_at=version.effective_at,
            )
            for version in versions
        )
        ArticleTag.objects.bulk_create(tagged)
        references.write_new(articles)
        for article in articles:
            if _uses_files(article):
                ArticlePage.objects.get(pk=article.pk).rewrite_file_uses()
        return [article.pk for article in articles]

    def _first_version(self, article: ArticlePage, moment: datetime.datetime) -> ArticleVersion:
        """The first link of the article's chain; a chain's start needs no reading of its end."""
        snapshot = article.snapshot()
        version = ArticleVersion(
            seq=1,
            previous_hash=GENESIS,
            recorded_at=moment,
            article_uuid=article.uuid,
            title=article.title,
            snapshot=snapshot,
            snapshot_sha256=sha256_of(snapshot),
            announced_at=moment,
            effective_at=moment,
            approved_by=self._by,
            revision_id=None,
        )
        version.row_hash = version.compute_hash()
        ask_upper_apps(article, version)
        return version


def _uses_files(article: ArticlePage) -> bool:
    return any(
        block["type"] in {"image", "file"} or 'linktype="document"' in str(block["value"])
        for block in _flat(article.body.raw_data)
    )


def _flat(blocks: Iterable[Any]) -> Iterable[Any]:
    for block in blocks:
        yield block
        if block["type"] == "internal":
            yield from block["value"]


def set_tags(article: ArticlePage, tag_ids: list[int]) -> None:
    """Hold the tags of a new article in memory, and that it has no other children: nothing is asked for."""
    article._cluster_related_objects = {
        relation.get_accessor_name(): [] for relation in get_all_child_relations(ArticlePage)
    }
    article._cluster_related_objects["tagged_items"] = [
        ArticleTag(tag_id=tag, content_object=article) for tag in tag_ids
    ]


def ask_upper_apps(article: ArticlePage, version: ArticleVersion) -> None:
    """Raise Objected if an app above refuses ``version``."""
    for ask in publishing:
        for objection in ask(article, version):
            raise Objected(article.source_id or "", str(objection))


def insert_pages(articles: list[ArticlePage]) -> None:
    """Insert the rows of both tables of each article, which ``bulk_create`` refuses for child models."""
    page_fields = [field.attname for field in Page._meta.concrete_fields]
    Page.objects.bulk_create(
        Page(**{name: getattr(article, name) for name in page_fields}) for article in articles
    )
    if articles:
        rows: Any = ArticlePage._base_manager.get_queryset()
        rows._insert(articles, fields=ArticlePage._meta.local_concrete_fields, using=rows.db)


def write_batch(writer: Writer, new: list[Prepared], changed: list) -> list[int]:
    """Both kinds of writes of one batch, and the event of it, in one transaction. Raises Objected."""
    with transaction.atomic():
        written = writer.write(new)
        for update in changed:
            written.append(update())
        if written:
            emit(ArticlesImported(article_ids=tuple(written)))
    return written
