"""Bringing one standing article to what its source says now: a new version, another section, its translation."""

import datetime
import json
from dataclasses import dataclass
from uuid import UUID

from wagtail.models import Page, ReferenceIndex
from wagtail.search import index

from kb.importing.batches import ask_upper_apps, set_tags
from kb.importing.conversion import Converted
from kb.importing.sections import children
from kb.importing.tags import Tags
from kb.models import ArticlePage, ArticleTag, ArticleVersion, SectionPage, VersionState
from people.models import Employee, User


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """What of an article changes. Call it inside a transaction; it gives the article's primary key."""

    converted: Converted
    pk: int
    rewrite: bool
    section: int | None
    group: UUID
    owner: Employee | None
    by: User | None
    now: datetime.datetime
    tags: Tags

    @property
    def source_id(self) -> str:
        """The id at the source."""
        return self.converted.document.source_id

    def __call__(self) -> int:
        """Write the change."""
        if self.rewrite:
            self._rewrite()
        ArticlePage.objects.filter(pk=self.pk).update(
            translation_group=self.group, source_hash=self.converted.source_hash
        )
        if self.section is not None:
            self._move(SectionPage.objects.get(pk=self.section))
        return self.pk

    def _move(self, section: SectionPage) -> None:
        """Put the article into ``section``, unless its address is taken there: it belongs to the version."""
        article = ArticlePage.objects.get(pk=self.pk)
        taken = children(section, Page).filter(slug=article.slug)
        if article.path[: -article.steplen] != section.path and not taken.exists():
            article.move(section, pos="last-child", user=self.by)

    def _rewrite(self) -> None:
        """A new version in force, from the source's text; a draft that waits stays a draft."""
        article = ArticlePage.objects.get(pk=self.pk)
        tags = self.tags.ids(self.converted.document.tags)
        set_tags(article, tags)
        changed = self._values(article)
        for name, value in changed.items():
            setattr(article, name, value)
        version = ArticleVersion.announce(
            article=article,
            snapshot=article.snapshot(),
            effective_at=self.now,
            approved_by=self.by,
            revision_id=None,
            now=self.now,
        )
        ask_upper_apps(article, version)
        VersionState.objects.bring_into_force(version, now=self.now)
        # By UPDATE and not save(): nothing must wait for a background worker that an import may not have.
        ArticlePage.objects.filter(pk=self.pk).update(
            **{name: getattr(article, name) for name in changed}, version=version.number
        )
        ArticleTag.objects.filter(content_object=self.pk).exclude(tag__in=tags).delete()
        standing = ArticleTag.objects.filter(content_object=self.pk)
        missing = set(tags) - set(standing.values_list("tag_id", flat=True))
        ArticleTag.objects.bulk_create(
            ArticleTag(tag_id=tag, content_object_id=self.pk) for tag in sorted(missing)
        )
        article = ArticlePage.objects.get(pk=self.pk)
        article.rewrite_file_uses()
        ReferenceIndex.create_or_update_for_object(article)
        index.insert_or_update_object(article)

    def _values(self, article: ArticlePage) -> dict:
        """The fields that the source decides; the owner stays where it names none."""
        document = self.converted.document
        values = {
            "title": document.title,
            "language": self.converted.language,
            "kind": self.converted.kind,
            "risk": self.converted.risk,
            "answer": self.converted.answer,
            "body": json.dumps(self.converted.blocks, ensure_ascii=False),
            "review_interval_days": document.review_days,
            "source_url": document.source_url,
            "source_licence": document.licence,
            "source_attribution": document.attribution,
            "content_owner": self.owner or article.content_owner,
            "last_published_at": self.now,
        }
        if not article.has_unpublished_changes:
            values["draft_title"] = document.title
        return values
