"""Learning in the scene: the newcomer's plan, a lesson, practice signed and waiting, a session ahead and one over."""

import datetime
import uuid

from competence.models import Competence
from courses.choices import Proof, SessionKind
from courses.models import (
    Lesson,
    PracticeRequest,
    PracticeTask,
    Programme,
    SignOff,
    SignOffNote,
    Step,
)
from courses.services.attending import take_attendance
from courses.services.enrolling import enroll
from courses.services.inviting import invite
from courses.services.scheduling import SessionDraft, schedule
from kb.models import ArticlePage
from tests.access.canaries import Canaries
from tests.access.roles import READS_NEWCOMER, STAFF
from tests.access.scene_people import ScenePeople

DAY = datetime.timedelta(days=1)
# Who writes programmes, and who reads the list of them in the back office.
LEARNING_OFFICE = frozenset({"trainer", "administrator", "hr", "lead"})


class SceneCourses:
    """One programme, one plan; a lesson that embeds an article of a team, and a draft of one."""

    def __init__(
        self,
        canaries: Canaries,
        people: ScenePeople,
        *,
        competence: Competence,
        article: ArticlePage,
        now: datetime.datetime,
    ) -> None:
        put = canaries.put
        newcomer = people.cast["newcomer"]
        self.lesson = self._lesson(
            put("lesson.title", allowed=STAFF, shown=STAFF),
            put("lesson.body", allowed=STAFF, shown=STAFF),
            article,
        )
        self.lesson.live = True
        self.lesson.save()
        self.draft = self._lesson(
            put("lesson_draft.title", allowed=LEARNING_OFFICE),
            put("lesson_draft.body", allowed=LEARNING_OFFICE),
            None,
        )
        reads = {"allowed": READS_NEWCOMER, "shown": {"newcomer"}}
        names = {"allowed": READS_NEWCOMER | LEARNING_OFFICE, "shown": {"newcomer", "trainer"}}
        # Any reviewer may sign, and so sees what is asked for.
        signs = names | {"allowed": names["allowed"] | {"reviewer"}}
        self.task = PracticeTask.objects.create(
            name=put("task.name", **signs),
            done_when=put("task.done_when", **signs),
            proof=Proof.CALL,
            repetitions=2,
        )
        self.task.competences.add(competence)
        self.task.save()
        self.programme = Programme.objects.create(
            name=put("programme.name", **names), position=people.position, is_active=False
        )
        Step.objects.create(programme=self.programme, lesson=self.lesson, day=1, sort_order=0)
        Step.objects.create(programme=self.programme, task=self.task, day=2, sort_order=1)
        self.plan = enroll(employee=newcomer, programme=self.programme, now=now)
        self.item = self.plan.items.get(task=self.task)
        self.sign_off = SignOff.append(
            recorded_at=now,
            employee_id=newcomer.pk,
            enrollment_id=self.plan.pk,
            task_id=self.task.pk,
            repetition=1,
            rating=2,
            target=2,
            channel=Proof.CALL,
            reference=put("sign_off.reference", **reads),
            observed_on=now.date(),
            signed_by_id=people.cast["mentor"].user_id,
            key=uuid.uuid4(),
        )
        SignOffNote.objects.create(
            sign_off=self.sign_off, salt="salt", text=put("sign_off.note", **reads)
        )
        PracticeRequest.objects.create(
            item=self.item,
            asked_at=now,
            reference=put("request.reference", **{**signs, "shown": {"mentor"}}),
        )

        self.sessions = [
            self._session(put, people, name, competence=competence, article=article, at=at)
            for name, at in (("ahead", now), ("over", now - 4 * DAY))
        ]
        take_attendance(
            session=self.sessions[1],
            present={newcomer.pk},
            by=people.cast["trainer"].user,
            now=now,
        )

    @staticmethod
    def _session(put, people: ScenePeople, name: str, *, competence, article, at):
        trainer = people.cast["trainer"]
        runs = {
            "allowed": READS_NEWCOMER | {"trainer"},
            "shown": {"newcomer", "trainer", "lead", "hr"},
        }
        draft = SessionDraft(
            title=put(f"session_{name}.title", **runs),
            kind=SessionKind.CASE_REVIEW,
            trainer=trainer,
            starts_at=at + 2 * DAY,
            ends_at=at + 2 * DAY + DAY / 24,
            room=put(f"session_{name}.room", **runs),
            link=f"https://call.example.test/{put(f'session_{name}.link', **runs)}",
            about=put(f"session_{name}.about", **runs),
            article=article,
            materials=[article],
            competences=[competence],
        )
        [session] = schedule(draft=draft, key=uuid.uuid4(), by=trainer.user, now=at)
        invite(session=session, employees=[people.cast["newcomer"]], now=at)
        return session

    @staticmethod
    def _lesson(title: str, words: str, article: ArticlePage | None) -> Lesson:
        body = [("say", words), *([("article", article)] if article else [])]
        lesson = Lesson(title=title, body=body, live=False)
        lesson.save()
        lesson.save_revision()
        return lesson
