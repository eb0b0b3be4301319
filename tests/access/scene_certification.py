"""An attempt of the scene: the newcomer sits a test, with canaries in what is asked and in what is right."""

import datetime
import uuid

from certification.choices import AttemptState, RemedyChoice, Review
from certification.models import (
    Appeal,
    AskedVersion,
    Assessment,
    Attempt,
    Campaign,
    Certificate,
    DutyLine,
    DutyPaper,
    OpenAnswer,
    Question,
    QuestionSuspension,
    Quiz,
    QuizLine,
    RecertificationDuty,
    Submission,
)
from certification.papers import freeze, score
from certification.results import as_plain
from common.ledger import sha256_of
from competence.models import Competence, RecertificationWindow
from kb.models import ArticlePage
from people.models import Position
from tests.access.canaries import Canaries
from tests.access.roles import EDITORS, READS_ALL_PEOPLE, READS_NEWCOMER
from tests.access.scene_people import ScenePeople

NEVER = frozenset()
WRITERS = EDITORS | {"trainer"}
SLOTS = 5


class SceneCertification:
    """A test for everybody's position, an attempt under way and one that was handed in and appealed against.

    Its result shows nothing of what was right.
    """

    def __init__(
        self,
        canaries: Canaries,
        people: ScenePeople,
        *,
        competence: Competence,
        article: ArticlePage,
        now: datetime.datetime,
    ) -> None:
        own = {"allowed": {"newcomer"}, "shown": {"newcomer"}}
        asked = canaries.put("attempt.text", **own)
        choice = canaries.put("attempt.choice", **own)
        explanation = canaries.put("attempt.explanation", allowed=NEVER)
        position: Position = people.position
        self.quiz = Quiz.objects.create(name="Знания", minutes=40, review=Review.NEVER)
        QuizLine.objects.create(quiz=self.quiz, competence=competence, level=2, count=SLOTS)
        self.quiz.positions.add(position)
        self.quiz.save()
        body = {"choices": [{"text": choice, "right": True}, {"text": "Нет", "right": False}]}
        # Of the bank nobody reads anything but who writes it.
        self.question = Question.objects.create(
            text=canaries.put("question.text", allowed=WRITERS, shown=WRITERS),
            body=body | {"choices": [{"text": "Да", "right": True}, body["choices"][1]]},
            explanation=canaries.put("question.explanation", allowed=WRITERS),
            competence=competence,
            article=article,
            live=True,
        )
        self.question.save_revision()
        frozen = {
            "uuid": str(uuid.uuid4()),
            "kind": "single",
            "text": asked,
            "body": body,
            "explanation": explanation,
            "competence": competence.pk,
            "level": 2,
            "counts": True,
            "article": str(article.uuid),
            "number": 1,
        }
        paper = freeze(lines=[(competence.pk, 2)], questions=[frozen] * SLOTS, seed=1)
        self.attempt = Attempt.objects.create(
            employee=people.cast["newcomer"],
            quiz=self.quiz,
            seed=1,
            paper=paper,
            paper_sha256=sha256_of(paper),
            started_at=now,
            deadline_at=now + datetime.timedelta(hours=12),
            key=uuid.uuid4(),
        )
        self._call(canaries, people, competence, now)
        # Why a question was suspended may say what is right: of somebody's test only where its review rule lets it.
        version = AskedVersion.objects.create(
            question=self.question,
            question_uuid=self.question.uuid,
            sha256=self.question.content_sha256,
            kind=self.question.kind,
            text=self.question.text,
            body=self.question.body,
            first_asked_at=now,
        )
        self.suspension = QuestionSuspension.objects.create(
            version=version,
            remedy=RemedyChoice.LEFT_OUT,
            reason=canaries.put("suspension.reason", allowed=WRITERS, shown=WRITERS),
            by=people.cast["editor"].user,
            at=now,
        )
        self.handed_in = self._handed_in(canaries, people, frozen, now)
        self.open_answers = self._open_answers(canaries, people, now)
        self.appeal = Appeal.objects.create(
            submission=self.handed_in.submission,
            slot=1,
            words=canaries.put(
                "appeal.words", allowed=WRITERS | {"newcomer"}, shown=WRITERS | {"newcomer"}
            ),
            at=now,
        )

        readers = READS_NEWCOMER - {"mentor"}
        self.certificate = Certificate.objects.create(
            number="K7QD-3M9X-TR5A",
            submission=self.handed_in.submission,
            employee=people.cast["newcomer"],
            test="Знания",
            lines=[{"competence": competence.pk, "name": "Знания", "level": 2, "versions": []}],
            passed_on=now.date(),
            issued_at=now,
            revoked_by=people.cast["hr"].user,
            revoked_at=now,
            revoked_because=canaries.put("certificate.reason", allowed=readers, shown=readers),
        )

    def _call(self, canaries: Canaries, people: ScenePeople, competence: Competence, now) -> None:
        """A campaign that calls the newcomer, and one of another line that was called off for a reason."""
        window = RecertificationWindow.objects.get()
        self.campaigns, self.papers = [], []
        who_reads = {
            "newcomer": READS_NEWCOMER - {"mentor", "newcomer"},
            "stranger": READS_ALL_PEOPLE,
        }
        for name, readers in who_reads.items():
            called_off = {
                "cancelled_at": now,
                "cancelled_by": people.cast["hr"].user,
                "reason": canaries.put(f"{name}.campaign", allowed=readers, shown=readers),
            }
            campaign = Campaign.objects.create(
                window=window,
                name=f"Переаттестация {name}",
                starts_on=window.starts_on,
                ends_on=window.ends_on,
                opened_at=now,
                opened_by=people.cast["hr"].user,
                key=uuid.uuid4(),
                **called_off,
            )
            employee = {**people.others, **people.cast}[name]
            duty = RecertificationDuty.objects.create(
                campaign=campaign,
                employee=employee,
                team=employee.assignments.get().team,
                round="2026-2",
                cancelled_at=now,
            )
            quiz = Quiz.objects.create(name=f"Лист {name}", minutes=10, campaign=campaign)
            paper = DutyPaper.objects.create(duty=duty, number=1, quiz=quiz, day=window.starts_on)
            DutyLine.objects.create(
                paper=paper, competence=competence, level=2, due_on=window.ends_on
            )
            self.campaigns.append(campaign)
            self.papers.append(paper)

    def _handed_in(self, canaries: Canaries, people: ScenePeople, frozen, now) -> Attempt:
        """An attempt of a day ago: its person reads the question and the own answer, who decides also what is right."""
        asked = {
            **frozen,
            "uuid": str(uuid.uuid4()),
            "kind": "short",
            "text": canaries.put("appeal.text", allowed=WRITERS | {"newcomer"}, shown=WRITERS),
            "body": {"accepted": [canaries.put("appeal.right", allowed=WRITERS, shown=WRITERS)]},
            "explanation": canaries.put("appeal.explanation", allowed=WRITERS, shown=WRITERS),
        }
        # Of an open answer its person reads the question; the rubric and the answer are for who assesses it.
        written = {
            **frozen,
            "uuid": str(uuid.uuid4()),
            "kind": "open",
            "text": canaries.put("open.text", allowed=WRITERS | {"newcomer"}, shown=WRITERS),
            "body": {
                "criteria": [
                    {
                        "text": canaries.put("open.criterion", allowed=WRITERS, shown=WRITERS),
                        "points": 2,
                        "anchors": [{"points": 2, "text": "Всё сказано"}],
                    }
                ],
                "model": canaries.put("open.model", allowed=WRITERS, shown=WRITERS),
            },
        }
        paper = freeze(
            lines=[(frozen["competence"], 2)],
            questions=[asked, written, written, *[frozen] * (SLOTS - 3)],
            seed=2,
        )
        attempt = Attempt.objects.create(
            employee=people.cast["newcomer"],
            quiz=self.quiz,
            seed=2,
            paper=paper,
            paper_sha256=sha256_of(paper),
            started_at=now - datetime.timedelta(days=1),
            deadline_at=now - datetime.timedelta(hours=23),
            state=AttemptState.SUBMITTED,
            key=uuid.uuid4(),
        )
        words = canaries.put("open.answer", allowed=WRITERS | {"newcomer"}, shown=WRITERS)
        answers = {1: ["Нет"], 2: [words], 3: [words]}
        result = score(paper, answers)[1]
        Submission.objects.create(
            attempt=attempt,
            submitted_at=attempt.deadline_at,
            by_deadline=False,
            answers={str(slot): given for slot, given in answers.items()},
            result=as_plain(result),
            passed=result.passed,
        )
        return attempt

    def _open_answers(self, canaries: Canaries, people: ScenePeople, now) -> list[OpenAnswer]:
        """One that waits and one that was assessed; the test keeps the comment to itself."""
        submission = self.handed_in.submission
        asked = submission.attempt.paper["slots"][1]
        version = AskedVersion.objects.create(
            question_uuid=asked["uuid"],
            sha256=sha256_of(asked),
            kind="open",
            text=asked["text"],
            body=asked["body"],
            first_asked_at=now,
        )
        waiting, assessed = (
            OpenAnswer.objects.create(submission=submission, slot=slot, version=version, at=now)
            for slot in (2, 3)
        )
        comment = canaries.put("open.comment", allowed=WRITERS, shown=WRITERS)
        Assessment.objects.create(
            answer=assessed, marks=[[1, comment]], by=people.cast["editor"].user, at=now
        )
        return [waiting, assessed]
