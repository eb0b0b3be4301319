"""What readers said in the scene: of an article for one team, and of a public one, also by a customer."""

import datetime
import uuid

from kb.choices import TaskState
from kb.models import ArticlePage, ContentTask, Feedback
from kb.services.feedback import give
from people.viewer import ANONYMOUS, Viewer
from tests.access.canaries import Canaries
from tests.access.roles import EDITORS
from tests.access.scene_people import ScenePeople


class SceneFeedback:
    """Canaries in readers' words and in what was answered."""

    def __init__(
        self,
        canaries: Canaries,
        people: ScenePeople,
        *,
        team: ArticlePage,
        public: ArticlePage,
        now: datetime.datetime,
    ) -> None:
        self.canaries, self.people, self.now = canaries, people, now
        of_team = self._say("feedback_team", team, by="teammate")
        of_public = self._say("feedback_public", public, by="operator")
        self.tasks = [of_team, of_public, self._say("feedback_customer", public, by=None)]
        # Said once more by somebody who must read neither the words nor the name of the first.
        self._say("feedback_same", public, by="newcomer", task=of_public)
        self._answer("answer_team", of_team, by="teammate")

    def _say(
        self, name: str, article: ArticlePage, *, by: str | None, task: ContentTask | None = None
    ) -> ContentTask:
        said_by = {by} if by else set()
        words = self.canaries.put(
            f"{name}.words", allowed=EDITORS | said_by, shown={"editor"} | said_by
        )
        feedback = give(
            article=ArticlePage.objects.get(pk=article.pk),
            key=uuid.uuid4(),
            reason="wrong",
            words=words,
            viewer=Viewer.of(self.people.cast[by].user) if by else ANONYMOUS,
            now=self.now,
        )
        if task is not None:
            Feedback.objects.filter(pk=feedback.pk).update(task=task)
            feedback.task.reports.update(task=task)
            feedback.task.delete()
        return task or feedback.task

    def _answer(self, name: str, task: ContentTask, *, by: str) -> None:
        words = self.canaries.put(f"{name}.words", allowed=EDITORS | {by}, shown={"editor", by})
        ContentTask.objects.filter(pk=task.pk).update(
            state=TaskState.ANSWERED,
            closed_at=self.now,
            closed_by=self.people.cast["editor"],
            outcome=words,
        )
