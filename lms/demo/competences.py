"""A lived half-year of the demo company in the ledger: quizzes, observations, checks, lapses, one suspension.

The same for the same day and seed; dates count back from the day of seeding.
"""

import datetime
import random
import uuid
from dataclasses import dataclass, field, replace

from django.utils import timezone

from competence.choices import Channel, EventType, Kind
from competence.models import Competence, Observation
from competence.services.changes import record_change
from competence.services.leaves import sweep_leaves
from competence.services.observing import call_name
from competence.services.record import Entry, record_many
from competence.services.segments import rebuild
from kb.models import ArticlePage
from lms.demo import cast
from lms.demo.competence_catalogue import (
    CODES,
    GREETING,
    MENTORING,
    PRIVACY,
    REQUIREMENTS,
    TARIFFS,
    TELEPHONY,
    TRANSFER,
    YEALINK,
    seed_catalogue,
)
from people.models import Employee, User

REQUIRED_FOR_DAYS = 900
# How the cells of people who are not of the cast stand, in parts of a hundred.
FATES = {"current": 74, "due_soon": 9, "learning": 9, "lapsed": 4, "none": 4}
# The cast's cells that the story needs; the others of these people are current.
TOLD = {
    "anna": {TARIFFS: "due_soon", YEALINK: "due_soon"},
    "denis": {
        GREETING: "current",
        TELEPHONY: "learning",
        TRANSFER: "learning",
        CODES: "learning",
        YEALINK: "none",
        TARIFFS: "none",
        PRIVACY: "none",
    },
    "olga": {},
    "sergey": {},
}
CHANGED = ("telephony-forwarding", "billing-tariffs")
SUSPENDED_FOR_DAYS = 9


@dataclass
class _Story:
    """Everything that will be written, collected person by person."""

    today: datetime.date
    now: datetime.datetime
    rng: random.Random
    raters: dict[str, list[User]]
    entries: list[Entry] = field(default_factory=list)
    observations: list[tuple[Observation, Entry]] = field(default_factory=list)

    def at(self, days_ago: int) -> datetime.datetime:
        """A moment of work, so many days ago; today, the moment of seeding."""
        if days_ago <= 0:
            return self.now
        clock = datetime.time(self.rng.randrange(10, 18), self.rng.randrange(60))
        day = self.today - datetime.timedelta(days=days_ago)
        return timezone.make_aware(datetime.datetime.combine(day, clock))

    def tell(self, employee: Employee, event_type: EventType, days_ago: int, **fields) -> None:
        """Something happened to ``employee``."""
        source = fields.pop("source", None) or ("demo", f"{len(self.entries)}")
        self.entries.append(
            Entry(
                employee=employee,
                type=event_type,
                source=source,
                recorded_at=self.at(days_ago),
                **fields,
            )
        )

    def see(self, employee: Employee, competence: Competence, rating: int, days_ago: int) -> None:
        """Somebody rated a call."""
        moment = self.at(days_ago)
        raters = [user for user in self.raters["all"] if user.pk != employee.user_id]
        rater = raters[self.rng.randrange(len(raters))]
        reference = f"{4000 + (7 * employee.pk) % 900}-{self.rng.randrange(10_000):04d}"
        observation = Observation(
            employee=employee,
            competence=competence,
            rating=rating,
            channel=Channel.CALL,
            reference=reference,
            observed_on=moment.astimezone(employee.tz).date(),
            actor=rater,
            recorded_at=moment,
            key=uuid.UUID(int=self.rng.getrandbits(128)),
        )
        entry = Entry(
            employee=employee,
            type=EventType.OBSERVATION,
            source=("observation", ""),
            competence=competence,
            rating=rating,
            call=call_name(Channel.CALL, reference),
            by=rater,
            recorded_at=moment,
        )
        self.observations.append((observation, entry))


def seed_competences(
    *, cast_by_handle: dict[str, Employee], today: datetime.date, now: datetime.datetime, seed: int
) -> int:
    """Write the catalogue and the past of everybody; how many events there are."""
    since = today - datetime.timedelta(days=REQUIRED_FOR_DAYS)
    competences = seed_catalogue(since=since)
    raters = [cast_by_handle[handle].user for handle in ("reviewer", "olga", "sergey", "ilya")]
    story = _Story(today, now, random.Random(seed + 2), {"all": raters})
    handles = {employee.pk: handle for handle, employee in cast_by_handle.items()}
    people = list(Employee.objects.with_place_names(today).select_related("user").order_by("pk"))
    for employee in people:
        told = TOLD.get(handles.get(employee.pk, ""))
        for name, level, _upper, _queue in REQUIREMENTS.get(employee.position_name, ()):
            if told is None:
                (fate,) = story.rng.choices(list(FATES), weights=FATES.values())
            else:
                fate = told.get(name, "current")
            _live(story, employee, competences[name], level, fate)
    _mark_the_special(story, cast_by_handle, people, competences)
    _write(story)
    _change_articles(story, cast_by_handle, competences)
    sweep_leaves(now=now)
    rebuild(now=now)
    return len(story.entries) + len(story.observations)


def _live(story: _Story, employee: Employee, competence: Competence, level: int, fate: str) -> None:
    """What led to the way one cell stands today."""
    here = (story.today - employee.hired_on).days
    if fate == "none" or here < 1:
        return
    if competence.kind == Kind.QUALITY:
        rating = level if fate != "learning" else max(level - 1, 1)
        for ago in sorted(story.rng.sample(range(1, 150), k=3), reverse=True):
            if ago <= here:
                story.see(employee, competence, rating, ago)
        if fate == "current" or here < 150:
            story.see(employee, competence, rating, min(2, here))
        return
    if fate == "learning" or here < 40:
        _learn(story, employee, competence, level, min(here, 35))
        return
    ago = {"current": story.rng.randrange(12, 140), "due_soon": story.rng.randrange(158, 176)}.get(
        fate, story.rng.randrange(192, 225)
    )
    ago = min(ago, here)
    if here > ago + 150:
        story.tell(
            employee,
            EventType.QUIZ,
            ago + story.rng.randrange(120, 150),
            competence=competence,
            level=max(level - 1, 1),
            passed=True,
        )
    if story.rng.random() < 0.15 and here > ago + 4:
        story.tell(
            employee, EventType.QUIZ, ago + 4, competence=competence, level=level, passed=False
        )
    story.tell(employee, EventType.QUIZ, ago, competence=competence, level=level, passed=True)
    if competence.kind == Kind.SKILL and level >= 2:
        span = min(170, here)
        for seen in sorted(story.rng.sample(range(1, span + 1), k=min(5, span)), reverse=True):
            story.see(employee, competence, level, seen)


def _learn(
    story: _Story, employee: Employee, competence: Competence, level: int, days: int
) -> None:
    story.tell(employee, EventType.PROGRESS, days, competence=competence)
    if days > 3 and level > 1:
        story.tell(
            employee, EventType.QUIZ, days // 2, competence=competence, level=level - 1, passed=True
        )
    if competence.kind == Kind.SKILL and days > 4:
        story.see(employee, competence, 1, days // 3)
        story.see(employee, competence, level, 1)


def _mark_the_special(story: _Story, by_handle, people, competences) -> None:
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
    story.tell(
        by_handle["sergey"],
        EventType.QUIZ,
        50,
        competence=competences[MENTORING],
        level=2,
        passed=True,
    )


def _write(story: _Story) -> None:
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


def _change_articles(story: _Story, by_handle, competences) -> None:
    """Two articles changed materially; most who hold the competence have answered, Anna has not."""
    editor = by_handle["editor"].user
    for source_id, name in zip(CHANGED, (TELEPHONY, TARIFFS), strict=True):
        article = ArticlePage.objects.filter(source_id=source_id).first()
        if article is None or article.version is None:
            continue
        published = min(article.last_published_at, story.now)
        record_change(
            article_uuid=article.uuid,
            number=article.version,
            published_at=published,
            effective_at=published,
            by=editor,
            now=published,
        )
        holders = Employee.objects.filter(
            competence_events__competence=competences[name]
        ).distinct()
        checks = [
            Entry(
                employee=employee,
                type=EventType.CHECK,
                source=("confirmation", f"{article.uuid}:{article.version}"),
                competence=competences[name],
                recorded_at=story.now,
                basis=((article.uuid, article.version),),
                by=employee.user,
            )
            for employee in holders.select_related("user").order_by("pk")
            if _answers(story, employee, name, by_handle["anna"])
        ]
        record_many(checks, now=story.now, judge=False)


def _answers(story: _Story, employee: Employee, name: str, anna: Employee) -> bool:
    """Whether somebody has checked a change by now: most have; Anna one of the two."""
    if employee.pk == anna.pk:
        return name != TELEPHONY
    return story.rng.random() < 0.8
