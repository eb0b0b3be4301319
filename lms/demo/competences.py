"""The demo company's competences: the catalogue, everybody's past in the ledger, and what is special today.

The same for the same day and seed; dates count back from the day of seeding.
"""

import datetime
import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from competence.choices import EventType, Kind
from competence.models import Competence, Observation, RecertificationWindow
from competence.services.leaves import sweep_leaves
from competence.services.record import record_many
from competence.services.segments import rebuild
from lms.demo import cast
from lms.demo.competence_catalogue import (
    CODES,
    GREETING,
    HARD_TALK,
    MENTORING,
    PRIVACY,
    REQUIREMENTS,
    TARIFFS,
    TELEPHONY,
    TRANSFER,
    YEALINK,
    seed_catalogue,
)
from lms.demo.fates import Fate, fates_of, lives
from lms.demo.lives import (
    WINDOW_BEFORE,
    WINDOW_LENGTH,
    WINDOW_NEXT,
    WINDOW_NOW,
    Story,
    live,
)
from lms.demo.quizzes import seed_questions, with_attempts
from people.models import Employee

REQUIRED_FOR_DAYS = 900
# The cast's cells that the story needs; the others of these people are current.
TOLD: dict[str, dict[str, Fate]] = {
    "anna": {TARIFFS: Fate.DUE_SOON, YEALINK: Fate.DUE_SOON},
    "denis": {
        GREETING: Fate.CURRENT,
        HARD_TALK: Fate.LEARNING,
        TELEPHONY: Fate.LEARNING,
        TRANSFER: Fate.LEARNING,
        CODES: Fate.LEARNING,
        YEALINK: Fate.NONE,
        TARIFFS: Fate.NONE,
        PRIVACY: Fate.NONE,
    },
    "olga": {},
    "sergey": {},
}
SUSPENDED_FOR_DAYS = 9


def seed_competences(
    *, cast_by_handle: dict[str, Employee], today: datetime.date, now: datetime.datetime, seed: int
) -> int:
    """Write the catalogue and the past of everybody; how many events there are."""
    since = today - datetime.timedelta(days=REQUIRED_FOR_DAYS)
    competences = seed_catalogue(since=since)
    quizzes = seed_questions(competences)
    _plan_windows(today)
    raters = [cast_by_handle[handle].user for handle in ("reviewer", "olga", "ilya", "sergey")]
    story = Story(today, now, random.Random(seed + 2), raters)
    handles = {employee.pk: handle for handle, employee in cast_by_handle.items()}
    people = list(Employee.objects.with_place_names(today).select_related("user").order_by("pk"))
    decks = defaultdict(lambda: lives(story.rng))
    for employee in people:
        required = REQUIREMENTS.get(employee.position_name, ())
        told = TOLD.get(handles.get(employee.pk, ""))
        if told is None and required:
            told = _drawn(story, next(decks[employee.team_name]), required, competences)
        for name, level, _upper, _queue in required:
            live(story, employee, competences[name], level, told.get(name, Fate.CURRENT))
    _mark_the_special(story, cast_by_handle, people, competences)
    story.entries = with_attempts(story.entries, quizzes, story.rng)
    _write(story)
    sweep_leaves(now=now)
    rebuild(now=now)
    return len(story.entries) + len(story.observations)


def _plan_windows(today: datetime.date) -> None:
    """Twice a year everybody passes again; the window that runs now is half over."""
    RecertificationWindow.objects.bulk_create(
        RecertificationWindow(
            name=name,
            starts_on=(start := today - datetime.timedelta(days=ago)),
            ends_on=start + datetime.timedelta(days=WINDOW_LENGTH),
        )
        for name, ago in (
            ("Прошлая переаттестация", WINDOW_BEFORE),
            ("Текущая переаттестация", WINDOW_NOW),
            ("Следующая переаттестация", WINDOW_NEXT),
        )
    )


def _drawn(
    story: Story,
    life: Sequence[Fate],
    required: Sequence[tuple],
    competences: dict[str, Competence],
) -> dict[str, Fate]:
    """The life dealt to somebody, laid on the competences that their position requires."""
    names = [name for name, *_rest in required]
    return fates_of(
        life,
        skills=[name for name in names if competences[name].kind == Kind.SKILL],
        knowledge=[name for name in names if competences[name].kind == Kind.KNOWLEDGE],
        rng=story.rng,
    )


def _mark_the_special(story: Story, by_handle, people, competences) -> None:
    """A suspension, an override, a commission's verdict: what happens once in a half-year."""
    lead = by_handle["sergey"].user
    in_line = [
        person
        for person in people
        if person.team_name == cast.LINE_ONE
        and person.position_name == cast.OPERATOR
        and person.pk not in {one.pk for one in by_handle.values()}
    ]
    if len(in_line) > 1:
        story.tell(
            in_line[0],
            EventType.SUSPENSION,
            2,
            last_day=story.today + datetime.timedelta(days=SUSPENDED_FOR_DAYS),
            by=lead,
            note="Жалоба клиента на тон разговора, разбираем запись",
        )
        story.tell(
            in_line[1],
            EventType.OVERRIDE,
            3,
            competence=competences[TRANSFER],
            level=2,
            last_day=story.today + datetime.timedelta(days=18),
            by=lead,
            note="Выходит на линию вместо заболевшего, рядом старший оператор",
        )
    story.tell(
        by_handle["olga"],
        EventType.COMMISSION,
        60,
        competence=competences[TELEPHONY],
        level=4,
        by=by_handle["ilya"].user,
        second=lead,
        note="Ведёт разборы спорных случаев",
    )
    story.quiz(by_handle["sergey"], competences[MENTORING], 2, 50)


def _write(story: Story) -> None:
    """All events at once, each person's in the order they happened."""
    rows = Observation.objects.bulk_create(
        [observation for observation, _entry in story.observations], batch_size=200
    )
    seen = [
        replace(entry, source=("observation", str(row.pk)))
        for row, (_observation, entry) in zip(rows, story.observations, strict=True)
    ]
    everything = story.entries + seen
    everything.sort(key=lambda entry: entry.recorded_at)
    record_many(everything, now=story.now, judge=False)
