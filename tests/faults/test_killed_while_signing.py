"""A process killed while a mentor signs: the signature is there whole or not at all, and once."""

import uuid

import pytest

from competence.choices import EventType
from competence.models import CompetenceEvent
from courses.models import SignOff
from tests.courses.conftest import (  # noqa: F401
    calls,
    lesson,
    may_sign,
    mentor,
    newcomer,
    now,
    operator,
    plan,
    programme,
    sign,
    task,
    task_item,
    today,
    transfer,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("point", ["before_commit", "after_commit"])
def test_a_signature_killed_on_its_way_stands_once_with_one_observation(
    killed, task_item, newcomer, mentor, sign, now, point
):
    key = uuid.uuid4()
    killed(point, "sign", item=task_item.pk, by=mentor.user_id, key=str(key), now=now.isoformat())
    kept = int(point == "after_commit")
    observed = CompetenceEvent.objects.filter(employee=newcomer, type=EventType.OBSERVATION)
    assert (SignOff.objects.count(), observed.count()) == (kept, kept)

    sign(task_item, mentor, key=key)

    assert (SignOff.objects.count(), observed.count()) == (1, 1)
