"""Notices of the scene: of an article for one team, of a version that still waits, and news for customers."""

import datetime

from kb.choices import ChangeSize
from kb.models import ArticlePage, ArticleVersion, ChangeNotice, ChangePackage
from tests.access.canaries import Canaries
from tests.access.roles import EDITORS, EVERYBODY, LINE_TWO


class SceneChanges:
    """Canaries in what versions are said to have changed."""

    def __init__(
        self,
        canaries: Canaries,
        *,
        team: ArticlePage,
        announced: ArticlePage,
        public: ArticlePage,
        internal: ArticlePage,
        now: datetime.datetime,
    ) -> None:
        self.canaries, self.now = canaries, now
        self.notices = [
            self._notice("notice_team", team, allowed=LINE_TWO, shown={"teammate", "editor"}),
            self._notice("notice_ahead", announced, allowed=EDITORS, shown={"editor"}),
        ]
        self.package = self._package(self.notices[0])
        in_force, waiting = ArticleVersion.objects.of_article(public.uuid).order_by("seq")[1:3]
        self._news("news", in_force, allowed=EVERYBODY, shown=EVERYBODY)
        self._news("news_ahead", waiting, allowed=())
        self._news("news_internal", self._last(internal), allowed=())

    def _notice(self, name: str, article: ArticlePage, **roles) -> ChangeNotice:
        version = self._last(article)
        words = {
            field: self.canaries.put(f"{name}.{field}", **roles) for field in ("was", "now", "say")
        }
        words["for_customers"] = self.canaries.put(f"{name}.for_customers", allowed=())
        return self._create(version, size=ChangeSize.CONFIRM, **words)

    def _package(self, notice: ChangeNotice) -> ChangePackage:
        """A package that the notice of the team belongs to, announced."""
        roles = {"allowed": LINE_TWO, "shown": {"teammate", "editor"}}
        package = ChangePackage.objects.create(
            title=self.canaries.put("package.title", **roles),
            now=notice.now,
            waiver=self.canaries.put("package.waiver", allowed=EDITORS),
            effective_at=notice.effective_at,
            written_at=self.now,
            announced_at=self.now,
        )
        ChangeNotice.objects.filter(pk=notice.pk).update(package=package)
        return package

    def _news(self, name: str, version: ArticleVersion, **roles) -> None:
        """Words for customers of a change that staff is told nothing of."""
        self._create(version, for_customers=self.canaries.put(f"{name}.for_customers", **roles))

    def _last(self, article: ArticlePage) -> ArticleVersion:
        return ArticleVersion.objects.of_article(article.uuid).last()

    def _create(self, version: ArticleVersion, **fields) -> ChangeNotice:
        return ChangeNotice.objects.create(
            version=version,
            article_uuid=version.article_uuid,
            number=version.number,
            announced_at=version.announced_at,
            effective_at=version.effective_at,
            **fields,
        )
