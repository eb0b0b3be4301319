"""The cache of judgements says what the rule says, at once and after a rebuild."""

import datetime

import pytest
from django.core.management import CommandError, call_command

from competence.choices import EventType
from competence.models import CellSegment, PositionRequirement, RecertificationWindow
from competence.services.changes import refresh_competence
from competence.services.segments import differing_cells, rebuild, refresh
from people.models import Assignment, Position


def dump():
    fields = [field.attname for field in CellSegment._meta.fields if field.attname != "id"]
    return sorted(CellSegment.objects.values_list(*fields), key=str)


def test_evidence_changes_the_cell_in_the_same_transaction(
    anna, telephony, require, at_level_2, cell_of
):
    require(telephony)
    at_level_2(anna, telephony)

    cell = cell_of(anna, telephony)

    assert (cell.state, cell.level, cell.target, cell.gate) == ("current", 2, 2, "open")
    assert cell.queue.name == "Звонки первой линии"


def test_what_lapses_ahead_is_a_segment_ahead(anna, telephony, require, at_level_2):
    require(telephony)
    at_level_2(anna, telephony)

    states = CellSegment.objects.filter(employee=anna).order_by("first_day")

    assert [row.state for row in states] == ["current", "due_soon", "lapsed"]
    assert states[2].first_day == states[1].last_day + datetime.timedelta(days=1)


def test_a_required_cell_without_evidence_is_not_started(anna, telephony, require, now, cell_of):
    require(telephony)
    refresh(employees=[anna], now=now)

    assert cell_of(anna, telephony).state == "none"


def test_a_rebuild_gives_the_same_segments_as_the_cache(
    anna, denis, telephony, tariffs, require, at_level_2, happened, now
):
    require(telephony)
    require(tariffs, 1, gate=False)
    at_level_2(anna, telephony)
    happened(denis, tariffs, EventType.PROGRESS)
    happened(anna, None, EventType.SUSPENSION, last_day=now.date() + datetime.timedelta(days=3))
    rebuild(now=now)
    before = dump()
    happened(anna, tariffs, EventType.QUIZ, level=1, passed=True)
    kept = dump()

    rebuild(now=now)

    assert dump() == kept != before
    assert differing_cells(now=now) == []


def test_a_cache_that_says_something_else_is_found_and_mended(
    anna, telephony, require, at_level_2, now
):
    require(telephony)
    at_level_2(anna, telephony)
    rebuild(now=now)
    CellSegment.objects.filter(state="lapsed").update(state="current")

    assert differing_cells(now=now) == [(anna.pk, telephony.pk)]
    with pytest.raises(CommandError):
        call_command("rebuild_matrix", "--check")
    call_command("rebuild_matrix")
    call_command("rebuild_matrix", "--check")


def test_the_cache_of_yesterday_agrees_with_the_rule_of_today(
    anna, telephony, require, at_level_2, now
):
    require(telephony)
    at_level_2(anna, telephony)
    rebuild(now=now)

    assert differing_cells(now=now + datetime.timedelta(days=1)) == []


def test_another_position_judges_the_same_evidence_anew(
    anna, telephony, require, at_level_2, cell_of, now, today, line_one
):
    require(telephony)
    at_level_2(anna, telephony)
    senior = Position.objects.create(name="Старший")
    Assignment.objects.create(employee=anna, team=line_one, position=senior, starts_on=today)
    refresh(employees=[anna], now=now)

    cell = cell_of(anna, telephony)

    assert (cell.state, cell.level, cell.gate) == ("", 2, "")


def test_a_requirement_from_a_later_day_begins_on_that_day(anna, telephony, require, now, today):
    require(telephony, 1)
    later = today + datetime.timedelta(days=10)
    require(telephony, 2, starts_on=later)
    refresh(employees=[anna], now=now)

    targets = CellSegment.objects.filter(employee=anna).order_by("first_day")

    assert [(row.first_day, row.target) for row in targets] == [(today, 1), (later, 2)]


def test_a_planned_window_decides_how_long_a_pass_lasts(
    anna, tariffs, require, happened, cell_of, today
):
    require(tariffs, 1)
    RecertificationWindow.objects.create(
        name="Весна",
        starts_on=today + datetime.timedelta(days=120),
        ends_on=today + datetime.timedelta(days=140),
    )
    happened(anna, tariffs, EventType.QUIZ, level=1, passed=True)

    assert cell_of(anna, tariffs).until != today + datetime.timedelta(days=400)
    assert cell_of(anna, tariffs).until in (
        today + datetime.timedelta(days=120),
        today + datetime.timedelta(days=140),
    )


def test_a_changed_requirement_is_judged_for_everybody_who_holds_the_position(
    anna, denis, telephony, require, now, cell_of
):
    row = require(telephony)
    refresh_competence(competence=telephony, now=now)
    assert cell_of(denis, telephony).target == 2

    PositionRequirement.objects.filter(pk=row.pk).update(level=3)
    refresh_competence(competence=telephony, now=now)

    assert cell_of(anna, telephony).target == cell_of(denis, telephony).target == 3
