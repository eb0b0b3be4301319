"""What stands around search in the scene: tasks about articles, outages for different people."""

import datetime

from kb.choices import Audience
from kb.models import ArticlePage, ContentTask, Incident, SectionPage
from kb.services.content_tasks import About, open_task
from search.models import GlossaryEntry, PinnedResult, SynonymSet
from tests.access.canaries import Canaries
from tests.access.roles import EDITORS, EVERYBODY, LINE_TWO, STAFF
from tests.access.scene_people import ScenePeople


class SceneSearch:
    """Canaries in what editors keep around search. What is searched for finds every outage's word."""

    def __init__(
        self,
        canaries: Canaries,
        people: ScenePeople,
        *,
        article: ArticlePage,
        section: SectionPage,
        now: datetime.datetime,
    ) -> None:
        self.canaries = canaries
        self.tasks = [
            self._task("task_about_article", About(article=article), now),
            self._task("task_about_section", About(section=section), now),
        ]
        team = people.teams["line_two"]
        self.incidents = [
            self._incident("outage_for_all", Audience.PUBLIC, EVERYBODY, now),
            self._incident("outage_for_staff", Audience.INTERNAL, STAFF, now),
            self._incident("outage_for_team", Audience.TEAMS, LINE_TWO, now),
        ]
        self.incidents[-1].teams.add(team)
        self.words = self._words(article)

    def _task(self, name: str, about: About, now: datetime.datetime) -> ContentTask:
        return open_task(
            kind="other",
            about=about,
            title=self.canaries.put(f"{name}.title", allowed=EDITORS, shown=["editor"]),
            details=self.canaries.put(f"{name}.details", allowed=EDITORS),
            now=now,
        )

    def _words(self, article: ArticlePage) -> dict[str, object]:
        put = self.canaries.put
        shown = {"allowed": EDITORS, "shown": ["editor"]}
        return {
            "search_synonyms": SynonymSet.objects.create(
                words=f"{put('synonyms.words', **shown)}\n{put('synonyms.others', **shown)}"
            ),
            "search_glossary": GlossaryEntry.objects.create(
                russian="барабашка", english=put("glossary.english", **shown)
            ),
            "search_pins": PinnedResult.objects.create(
                questions=put("pin.questions", **shown), article=article
            ),
        }

    def _incident(
        self, name: str, audience: Audience, allowed: frozenset[str], now: datetime.datetime
    ) -> Incident:
        put = self.canaries.put
        return Incident.objects.create(
            line=put(f"{name}.line", allowed=allowed, shown=allowed & {"operator", "anonymous"}),
            say=put(f"{name}.say", allowed=allowed & STAFF),
            audience=audience,
            starts_at=now - datetime.timedelta(hours=1),
        )
