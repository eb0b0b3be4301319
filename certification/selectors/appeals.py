"""Appeals: what somebody may still appeal about, and the queue of who decides."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F, QuerySet

from certification import papers
from certification.kinds import kind_of
from certification.loading import marks_of
from certification.models import Appeal, AskedVersion, Submission
from certification.papers import Reviewed, Sheet
from certification.services.collecting import version_of
from kb.models import ArticlePage
from people.viewer import Viewer

DECIDED = 20


@dataclass(frozen=True)
class OwnAnswer:
    """A question of one's own attempt with what one answered: nothing of what is right."""

    sheet: Sheet
    told: Sequence[str]


@dataclass(frozen=True)
class Waiting:
    """An appeal in the queue, with the question it is about."""

    appeal: Appeal
    text: str


@dataclass(frozen=True)
class Case:
    """What an assessor looks at: the answer and what is right; not whose answer it is."""

    appeal: Appeal
    reviewed: Reviewed
    options: Sequence[tuple[str, bool]]
    article: ArticlePage | None
    # The question in the bank, if it stands, and how many others appealed about the same version.
    question_id: int | None
    alike: int
    # Whether its person may read what is right: else the decision must not say it.
    shows_right: bool


def own_answer(submission: Submission, slot: int) -> OwnAnswer | None:
    """Question ``slot`` as its person had it; None for one that is not there."""
    paper = submission.attempt.paper
    try:
        sheet = papers.sheet(paper, slot)
    except IndexError:
        return None
    asked = paper["slots"][slot - 1]
    given = submission.answers.get(str(slot), ())
    told = kind_of(asked["kind"]).told(asked["body"], asked["keys"], given) if given else []
    return OwnAnswer(sheet, told)


def queue_for(viewer: Viewer) -> tuple[list[Waiting], list[Waiting]]:
    """What waits for ``viewer``, the oldest first; and what was decided last. Two queries."""
    rows = Appeal.objects.judged_by(viewer).select_related(
        "submission__attempt__quiz", "decided_by"
    )
    waiting = rows.waiting().order_by("at", "pk")
    decided = rows.decided().order_by("-decided_at", "-pk")[:DECIDED]
    return _listed(waiting), _listed(decided)


def waiting_count(viewer: Viewer) -> int:
    """How many wait for ``viewer``. One query, none for who decides nothing."""
    return Appeal.objects.judged_by(viewer).waiting().count()


def case_of(appeal: Appeal, viewer: Viewer, at: datetime.datetime, *, shows_right: bool) -> Case:
    """What is to be decided. Five queries."""
    submission = appeal.submission
    paper = submission.attempt.paper
    answers = {int(slot): given for slot, given in submission.answers.items()}
    asked = paper["slots"][appeal.slot - 1]
    marks = marks_of(submission)
    reviewed = papers.review(paper, answers, marks=marks)[appeal.slot - 1]
    article = None
    if reviewed.article:
        seen = ArticlePage.objects.visible_to(viewer, at).filter(uuid=reviewed.article)
        article = seen.defer("body").first()
    name, sha256 = version_of(asked)
    version = AskedVersion.objects.filter(question_uuid=name, sha256=sha256).first()
    return Case(
        appeal=appeal,
        reviewed=reviewed,
        options=kind_of(asked["kind"]).options(asked["body"]),
        article=article,
        question_id=version.question_id if version else None,
        alike=_alike(appeal, version) if version else 0,
        shows_right=shows_right,
    )


def _alike(appeal: Appeal, version: AskedVersion) -> int:
    rows = Appeal.objects.exclude(pk=appeal.pk).filter(
        submission__item_responses__version=version, submission__item_responses__slot=F("slot")
    )
    return rows.count()


def _listed(rows: QuerySet[Appeal]) -> list[Waiting]:
    return [
        Waiting(one, one.submission.attempt.paper["slots"][one.slot - 1]["text"]) for one in rows
    ]
