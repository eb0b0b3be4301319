"""One person's past, cell by cell: what led to the way each of them stands today."""

import datetime
import random
import uuid
from dataclasses import dataclass, field

from django.utils import timezone

from competence.choices import Channel, EventType, Kind
from competence.models import Competence, Observation
from competence.services.observing import call_name
from competence.services.record import Entry
from lms.demo.fates import Fate
from people.models import Employee, User

# Days before seeding on which the windows of recertification begin; the one that runs now, half over, is NOW.
WINDOW_LENGTH = 26
WINDOW_BEFORE, WINDOW_NOW, WINDOW_NEXT = 200, 10, -172
# Who passed so long ago must pass again in the window that runs now; later ones have until the next.
RENEWS = (112, 180)
HOLDS = (1, 98)
NEW_FOR = 40
# Observations age out after a year.
YEAR, OLDEST_SEEN = 366, 390


@dataclass
class Story:
    """Everything that will be written, collected person by person."""

    today: datetime.date
    now: datetime.datetime
    rng: random.Random
    raters: list[User]
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

    def quiz(
        self, employee: Employee, competence: Competence, level: int, days_ago: int, *, passed=True
    ) -> None:
        """A full quiz."""
        self.tell(
            employee, EventType.QUIZ, days_ago, competence=competence, level=level, passed=passed
        )

    def see(self, employee: Employee, competence: Competence, rating: int, days_ago: int) -> None:
        """Somebody rated a call."""
        moment = self.at(days_ago)
        raters = [user for user in self.raters if user.pk != employee.user_id]
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


def live(story: Story, employee: Employee, competence: Competence, level: int, fate: Fate) -> None:
    """What led to the way one cell stands today."""
    here = (story.today - employee.hired_on).days
    if fate is Fate.NONE or here < 1:
        return
    if fate is Fate.PRACTICE_ENDED and here < OLDEST_SEEN:
        fate = Fate.DECLARATION_ENDED
    if competence.kind == Kind.QUALITY:
        _rate(story, employee, competence, level if fate is not Fate.LEARNING else level - 1, here)
    elif fate is Fate.LEARNING or here < NEW_FOR:
        _learn(story, employee, competence, level, min(here, 35))
    elif fate is Fate.DECLARATION_ENDED:
        story.tell(
            employee,
            EventType.DECLARED,
            min(here, story.rng.randrange(91, 99)),
            competence=competence,
            level=min(level, 2),
            by=story.raters[-1],
        )
        if level > 1:
            _pass_before(story, employee, competence, level - 1, here)
    else:
        _hold(story, employee, competence, level, here, fate)


def _hold(
    story: Story, employee: Employee, competence: Competence, level: int, here: int, fate: Fate
) -> None:
    """Passed, and passed again when a window came; seen at work in between."""
    rng = story.rng
    _pass_before(story, employee, competence, level, here)
    last = rng.randrange(*(RENEWS if fate is Fate.DUE_SOON else HOLDS))
    if here <= last:
        last = min(here, HOLDS[1] - 1)
    if rng.random() < 0.12 and here > last + 4:
        story.quiz(employee, competence, level, last + 4, passed=False)
    story.quiz(employee, competence, level, last)
    if fate is Fate.FAILED_TWICE:
        story.quiz(employee, competence, level, 6, passed=False)
        story.quiz(employee, competence, level, 2, passed=False)
    if competence.kind == Kind.SKILL and level >= 2:
        oldest, newest = (OLDEST_SEEN, YEAR) if fate is Fate.PRACTICE_ENDED else (min(170, here), 1)
        days = range(newest, min(oldest, here) + 1)
        for seen in sorted(rng.sample(days, k=min(5, len(days))), reverse=True):
            story.see(employee, competence, level, seen)


def _pass_before(
    story: Story, employee: Employee, competence: Competence, level: int, here: int
) -> None:
    """A pass in the window half a year ago, where somebody was here by then."""
    ago = WINDOW_BEFORE - story.rng.randrange(1, WINDOW_LENGTH)
    if here > ago + 20:
        story.quiz(employee, competence, level, ago)


def _rate(story: Story, employee: Employee, competence: Competence, rating: int, here: int) -> None:
    """A quality: rated now and then, and this week."""
    for ago in sorted(story.rng.sample(range(3, 150), k=3), reverse=True):
        if ago <= here:
            story.see(employee, competence, max(rating, 1), ago)
    story.see(employee, competence, max(rating, 1), min(2, here))


def _learn(story: Story, employee: Employee, competence: Competence, level: int, days: int) -> None:
    story.tell(employee, EventType.PROGRESS, days, competence=competence)
    if days > 3 and level > 1:
        story.quiz(employee, competence, level - 1, days // 2)
    if competence.kind == Kind.SKILL and days > 4:
        story.see(employee, competence, 1, days // 3)
        story.see(employee, competence, level, 1)
