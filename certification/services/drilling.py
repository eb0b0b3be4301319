"""Repeating a little every day: the switch, finding what was missed, answering. Nothing of it is evidence."""

import datetime
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from certification import papers
from certification.models import Attempt, Drill, DrillCard, Question, Submission
from certification.papers import Reviewed
from certification.querysets import DrillCardQuerySet
from certification.refusals import AnsweredAlready, NotNow
from certification.results import may_review
from certification.rules.drills import answered
from certification.services.answering import read_answer
from certification.services.attempts import as_asked
from competence.loading import local_day
from people.models import Employee

LOOKED_BACK = 12
"""So many of the person's last tests are looked through for what they missed."""


def switch_on(*, employee: Employee, now: datetime.datetime) -> Drill:
    """From now on ``employee`` repeats what they missed. Twice is the same as once."""
    drill, _new = Drill.objects.get_or_create(employee=employee, defaults={"since": now})
    return drill


def switch_off(*, employee: Employee) -> None:
    """Forget that ``employee`` repeats, with every card."""
    Drill.objects.filter(employee=employee).delete()


def gather(*, drill: Drill, now: datetime.datetime) -> None:
    """Add what the person missed in their last tests, as far as those show what was right. Once a day of their own.

    A question whose answers a test keeps to itself never comes: it would be given away. Nor does an open one: nobody is
    there to assess it.
    """
    today = local_day(now, drill.employee.tz)
    if drill.gathered_on == today:
        return
    taken = Submission.objects.counting().filter(attempt__employee=drill.employee)
    missed: set[str] = set()
    for submission in taken.select_related("attempt__quiz").order_by("-submitted_at")[:LOOKED_BACK]:
        if may_review(submission):
            missed |= _missed(submission)
    questions = Question.objects.judged_at_once().filter(uuid__in=missed)
    DrillCard.objects.bulk_create(
        [DrillCard(drill=drill, question=question, due_at=now) for question in questions],
        ignore_conflicts=True,
    )
    Drill.objects.filter(pk=drill.pk).update(gathered_on=today)


def _missed(submission: Submission) -> set[str]:
    paper = submission.attempt.paper
    answers = {int(slot): given for slot, given in submission.answers.items()}
    scores, _result = papers.score(paper, answers)
    return {slot["uuid"] for slot, score in zip(paper["slots"], scores, strict=True) if score < 1}


def paper_of(card: DrillCard) -> dict:
    """The card's question laid out for its turn: the same until it is answered."""
    question = card.question
    return papers.freeze(
        lines=[(question.competence_id or 0, question.level)],
        questions=[as_asked(question)],
        seed=card.pk * 1000 + card.turn,
    )


def askable(drill: Drill, now: datetime.datetime) -> DrillCardQuerySet:
    """The cards that may be asked: not while a test under way asks their question, nor one that left the draw.

    One query here.
    """
    running = Attempt.objects.filter(employee=drill.employee_id).running(now)
    papers_open = running.values_list("paper", flat=True)
    elsewhere = {slot["uuid"] for paper in papers_open for slot in paper["slots"]}
    return drill.cards.askable(elsewhere)


@transaction.atomic
def answer(
    *, card: DrillCard, turn: int, asked: str, given: Sequence[str], now: datetime.datetime
) -> Reviewed:
    """Judge an answer to ``card`` and say when it comes back; nothing given is “I don't know”.

    ``turn`` and ``asked`` (the question's fingerprint) are those of the page that was shown. Raises AnsweredAlready
    when the question was answered or rewritten since, NotNow when it waits, Unreadable.
    """
    cards = DrillCard.objects.select_for_update(of=("self",))
    card = cards.select_related("question__article", "question__standing", "drill__employee").get(
        pk=card.pk
    )
    if card.turn != turn or card.question.content_sha256 != asked:
        raise AnsweredAlready(_("This question was answered already, or it has changed."))
    # A page that was shown before a test began, or before the article changed, is judged no more.
    if not askable(card.drill, now).filter(pk=card.pk).exists():
        raise NotNow(_("This question waits for now."))
    paper = paper_of(card)
    kept = read_answer(paper, 1, given) if given else []
    [reviewed] = papers.review(paper, {1: kept})
    memory = answered(card.memory, reviewed.score, now)
    DrillCard.objects.filter(pk=card.pk).update(
        stability=memory.stability,
        difficulty=memory.difficulty,
        last_at=memory.last_at,
        due_at=memory.due_at,
        turn=turn + 1,
    )
    _count(card.drill, now)
    return reviewed


def _count(drill: Drill, now: datetime.datetime) -> None:
    today = local_day(now, drill.employee.tz)
    done = drill.answered_on(today)
    Drill.objects.filter(pk=drill.pk).update(day=today, answered=done + 1)
