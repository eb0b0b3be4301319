"""The versions of an article that readers had, with what was said of each, and what differs between two."""

import datetime
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from kb.differences import Shown, compare
from kb.models import ArticlePage, ArticleVersion, ChangeNotice, Verification, VersionState
from kb.paragraphs import paragraphs_of
from kb.selectors.reviews import verifications_by_version
from people.viewer import Viewer


@dataclass(frozen=True)
class Edition:
    """A version that was in force, or is; ``notice`` is what people were told of it, if they were.

    ``verified`` is who has found it true, the newest first.
    """

    state: VersionState
    notice: ChangeNotice | None
    is_in_force: bool
    verified: Sequence[Verification] = ()

    @property
    def number(self) -> int:
        """Its number."""
        return self.state.number

    @property
    def version(self) -> ArticleVersion:
        """The record of it, without its text."""
        return self.state.version


@dataclass(frozen=True)
class History:
    """An article with the versions that readers had, the newest first."""

    article: ArticlePage
    editions: list[Edition]

    def between(self, older: int, newer: int) -> list[Edition]:
        """What came into force after ``older`` up to ``newer``."""
        return [one for one in self.editions if older < one.number <= newer]


@dataclass(frozen=True)
class Comparison:
    """Two versions of an article side by side in one text."""

    history: History
    older: int
    newer: int
    text: list[Shown]

    @property
    def changed(self) -> int:
        """How many paragraphs are not as they were."""
        return sum(part.is_changed for part in self.text)

    @property
    def told(self) -> list[Edition]:
        """The versions in between of which people were told something, the newest first."""
        return [one for one in self.history.between(self.older, self.newer) if one.notice]


def history_of(article_uuid: uuid.UUID, viewer: Viewer, at: datetime.datetime) -> History | None:
    """The history of an article that ``viewer`` may read, for who works here; None for others. Four queries.

    Only what was in force: what is announced, was called off, or is a draft is not in it.
    """
    if not viewer.is_employee:
        return None
    articles = ArticlePage.objects.visible_to(viewer, at).defer("body")
    article = articles.filter(uuid=article_uuid).first()
    if article is None:
        return None
    states = (
        VersionState.objects.filter(article_uuid=article_uuid, in_force_at__isnull=False)
        .select_related("version__approved_by")
        .defer("version__snapshot")
        .order_by("-number")
    )
    told = ChangeNotice.objects.visible_to(viewer, at).telling().filter(withdrawn_at__isnull=True)
    notices = {
        notice.number: notice
        for notice in told.filter(article_uuid=article_uuid, version__state__in_force_at__lte=at)
    }
    verified = verifications_by_version(article)
    editions = [
        Edition(
            state,
            notices.get(state.number),
            state.number == article.version,
            verified.get(state.number, ()),
        )
        for state in states
    ]
    return History(article, editions)


def compare_versions(history: History, older: int | None, newer: int | None) -> Comparison | None:
    """What differs between two versions of ``history``; left out or unknown: of the newest, since the one before.

    None if readers have had only one. One query.
    """
    numbers = sorted(one.number for one in history.editions)
    if len(numbers) < 2:
        return None
    first, last = _pair(numbers, older, newer)
    snapshots = dict(
        ArticleVersion.objects.filter(
            article_uuid=history.article.uuid, seq__in=(first, last)
        ).values_list("seq", "snapshot")
    )
    text = compare(paragraphs_of(snapshots[first]), paragraphs_of(snapshots[last]))
    return Comparison(history, first, last, text)


def _pair(numbers: list[int], older: int | None, newer: int | None) -> tuple[int, int]:
    older = older if older in numbers else None
    newer = newer if newer in numbers else None
    if older and newer and older > newer:
        older, newer = newer, older
    last = newer or numbers[-1]
    if last == numbers[0]:
        last = numbers[1]
    before = numbers[numbers.index(last) - 1]
    return (older if older and older < last else before), last
