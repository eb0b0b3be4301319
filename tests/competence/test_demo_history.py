"""The demo's half-year: every state occurs, the chain holds, Anna's article has changed."""

import pytest
from django.utils import timezone

from common.ledger import broken_links
from competence.choices import StateChoice
from competence.models import CellSegment, CompetenceEvent, RecertificationWindow
from competence.services.segments import differing_cells
from lms.demo.company import seed_company


@pytest.fixture
def company(db, root_section):
    """The demo company."""
    now = timezone.now()
    seed_company(now=now, people=60, seed=1, tell=lambda what: None)
    return now


def test_the_demo_has_something_true_to_show_in_every_state(company):
    today = timezone.localdate()
    states = set(CellSegment.objects.covering(today).values_list("state", flat=True))

    assert states == set(StateChoice.values)
    assert broken_links(CompetenceEvent) == []
    assert differing_cells(now=company) == []
    anna = CellSegment.objects.covering(today).filter(employee__full_name="Анна Кравцова")
    assert [row.competence.name for row in anna.filter(state="stale")] == ["IP-телефония"]


def test_most_of_a_line_may_take_calls(company):
    today = timezone.localdate()
    cells = CellSegment.objects.covering(today).exclude(state=None)
    holders = cells.values("employee").distinct().count()
    shut = cells.filter(gate="shut").values("employee").distinct().count()

    assert 0 < shut < holders / 3
    assert cells.filter(state=StateChoice.CURRENT).count() > 0.7 * cells.count()


def test_a_recertification_runs_and_the_next_one_is_planned(company):
    today = timezone.localdate()
    windows = list(RecertificationWindow.objects.all())

    assert [window.starts_on <= today <= window.ends_on for window in windows] == [
        False,
        True,
        False,
    ]
    assert windows[-1].starts_on > today
