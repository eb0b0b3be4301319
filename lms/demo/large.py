"""A catalogue as wide as a large department's: for measuring, on top of the demo company."""

import datetime
import random

from django.db import transaction

from competence.choices import EventType, Kind
from competence.models import Area, Competence, PositionRequirement
from competence.services.record import Entry, record_many
from competence.services.segments import rebuild
from people.models import Employee, Position

PER_AREA = 12


@transaction.atomic
def widen_catalogue(*, competences: int, now: datetime.datetime, seed: int = 1) -> int:
    """Add competences until there are so many, all required of everybody and mostly passed; how many were added."""
    rng = random.Random(seed)
    standing = Competence.objects.count()
    added = []
    for number in range(standing, competences):
        area, _new = Area.objects.get_or_create(
            name=f"Область {number // PER_AREA + 1}", defaults={"order": 100 + number}
        )
        added.append(
            Competence.objects.create(
                area=area, name=f"Компетенция {number + 1}", kind=Kind.KNOWLEDGE, order=number
            )
        )
    since = (now - datetime.timedelta(days=900)).date()
    everything = list(Competence.objects.all())
    asked = set(PositionRequirement.objects.values_list("position_id", "competence_id"))
    PositionRequirement.objects.bulk_create(
        [
            PositionRequirement(position=position, competence=one, level=2, starts_on=since)
            for position in Position.objects.all()
            for one in everything
            if (position.pk, one.pk) not in asked
        ],
        batch_size=500,
    )
    people = list(Employee.objects.order_by("pk"))
    entries = [
        Entry(
            employee=person,
            type=EventType.QUIZ,
            source=("measuring", f"{competence.pk}"),
            competence=competence,
            level=2,
            passed=True,
            recorded_at=now - datetime.timedelta(days=rng.randrange(5, 200)),
        )
        for person in people
        for competence in added
    ]
    entries.sort(key=lambda entry: entry.recorded_at)
    record_many(entries, now=now, judge=False)
    rebuild(now=now)
    return len(added)
