"""A process killed while a version is published: old or new text whole, and everybody is told once in the end."""

import datetime

import pytest
from django.utils import timezone

from competence.choices import StateChoice
from competence.services.segments import refresh
from kb.choices import ChangeSize
from kb.models import ArticlePage
from kb.services.changes import describe
from kb.tasks import tell_what_was_missed
from notifications.models import Notification
from people.models import Employee
from tests.kb.changes.conftest import (  # noqa: F401
    area,
    at_level_2,
    calls,
    cell_of,
    forwarding,
    happened,
    holders,
    operator,
    require,
    tariffs,
    teach,
    telephony,
    today,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def draft(forwarding, editor):
    """A draft with a change that must be confirmed."""
    page = ArticlePage.objects.get(pk=forwarding.pk)
    describe(
        article=page,
        size=ChangeSize.CONFIRM,
        was="20 секунд",
        now_holds="30 секунд",
        by=editor.user,
        now=timezone.now(),
    )
    revised = page.get_latest_revision_as_object()
    revised.answer = "Гудок 30 секунд."
    revised.save_revision(user=editor.user)
    return page


def version_of(page) -> int:
    """The version readers get."""
    return ArticlePage.objects.get(pk=page.pk).version


def test_killed_before_the_commit_readers_keep_the_old_text_and_publishing_again_does_it(
    killed, draft, holders, anna, cell_of, telephony
):
    killed(
        "before_commit",
        "publish",
        article=draft.pk,
        now=timezone.now().isoformat(),
    )
    assert version_of(draft) == 1
    assert cell_of(anna, telephony).state == StateChoice.CURRENT

    draft.get_latest_revision().publish()

    assert version_of(draft) == 2
    assert cell_of(anna, telephony).state == StateChoice.STALE


def test_killed_between_commit_and_effect_the_sweep_tells_everybody_once(
    killed, draft, holders, anna, cell_of, telephony
):
    killed(
        "after_commit",
        "publish",
        article=draft.pk,
        now=timezone.now().isoformat(),
    )
    assert version_of(draft) == 2

    for _time in range(2):
        tell_what_was_missed()

    refresh(employees=list(Employee.objects.all()), now=timezone.now())
    assert cell_of(anna, telephony).state == StateChoice.STALE
    told = Notification.objects.filter(
        recipient=anna, created_at__gt=timezone.now() - datetime.timedelta(days=1)
    )
    assert told.count() == 1
