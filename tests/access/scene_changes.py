"""Notices of the scene: of an article for one team, and of a version that still waits."""

import datetime

from kb.choices import ChangeSize
from kb.models import ArticlePage, ArticleVersion, ChangeNotice
from tests.access.canaries import Canaries
from tests.access.roles import EDITORS, LINE_TWO


class SceneChanges:
    """Canaries in what versions are said to have changed."""

    def __init__(
        self,
        canaries: Canaries,
        *,
        team: ArticlePage,
        announced: ArticlePage,
        now: datetime.datetime,
    ) -> None:
        self.canaries, self.now = canaries, now
        self.notices = [
            self._notice("notice_team", team, allowed=LINE_TWO, shown={"teammate", "editor"}),
            self._notice("notice_ahead", announced, allowed=EDITORS, shown={"editor"}),
        ]

    def _notice(self, name: str, article: ArticlePage, **roles) -> ChangeNotice:
        version = ArticleVersion.objects.of_article(article.uuid).last()
        words = {
            field: self.canaries.put(f"{name}.{field}", **roles) for field in ("was", "now", "say")
        }
        return ChangeNotice.objects.create(
            version=version,
            article_uuid=version.article_uuid,
            number=version.number,
            announced_at=version.announced_at,
            effective_at=version.effective_at,
            size=ChangeSize.CONFIRM,
            **words,
        )
