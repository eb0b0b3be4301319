"""Who works now, who was where, who belongs to a lead."""

import datetime

import pytest

from people.models import Employee, Leave, Shift, Team
from people.selectors import due_after, on_shift_at, people_of_lead, teams_led_by, working_time_of
from people.services.absence import (
    LeaveEndsBeforeItStarts,
    LeavesOverlap,
    ShiftsOverlap,
    UnlikelyShift,
    record_leave,
    record_shift,
)
from people.services.teams import TeamInsideItself, TeamNameTaken, UnsuitableLead, save_team

HOUR = datetime.timedelta(hours=1)
# A Tuesday, noon in Moscow.
NOON = datetime.datetime(2026, 11, 24, 9, tzinfo=datetime.UTC)


@pytest.fixture
def long_here(hire):
    """Somebody hired long before the moment of these tests."""

    def _long_here(name: str, handle: str, **fields) -> Employee:
        return hire(name, handle, hired_on=datetime.date(2024, 1, 1), **fields)

    return _long_here


def names(people) -> list[str]:
    """Their names."""
    return [person.full_name for person in people]


def test_who_is_on_shift_now_follows_roster_leave_and_zone(long_here):
    long_here("Обычная Неделя", "usual")
    away = long_here("В Отпуске", "away")
    Leave.objects.create(employee=away, starts_on=NOON.date(), ends_on=NOON.date())
    far = long_here("Далеко Живёт", "far")
    Employee.objects.filter(pk=far.pk).update(zone="Asia/Kamchatka")
    night = long_here("Ночная Смена", "night")
    Shift.objects.create(employee=night, starts_at=NOON + 8 * HOUR, ends_at=NOON + 20 * HOUR)
    long_here("Давно Ушёл", "gone", left_on=datetime.date(2026, 1, 1))

    assert names(on_shift_at(NOON)) == ["Обычная Неделя"]
    assert names(on_shift_at(NOON + 10 * HOUR)) == ["Ночная Смена"]


def test_who_is_on_shift_may_be_asked_of_one_team(long_here, line_one, line_two):
    long_here("Один", "one")
    long_here("Два", "two", team=line_two)

    among = Employee.objects.in_teams_on([line_two], NOON.date())
    assert names(on_shift_at(NOON, among=among)) == ["Два"]


def test_asking_who_is_on_shift_takes_four_queries_however_many_people(
    long_here, django_assert_num_queries
):
    for number in range(12):
        long_here(f"Человек {number}", f"p{number}")

    with django_assert_num_queries(4):
        assert len(on_shift_at(NOON)) == 12


def test_working_time_is_that_of_the_stored_rows(long_here):
    anna = long_here("Анна", "anna2")
    Shift.objects.create(employee=anna, starts_at=NOON, ends_at=NOON + 5 * HOUR)

    work = working_time_of(anna, since=NOON, until=NOON)

    assert work.shift_end(NOON + HOUR) == NOON + 5 * HOUR
    assert not work.is_on_shift(NOON - HOUR)


def test_due_times_follow_the_roster_far_ahead(long_here):
    anna = long_here("Анна", "anna3")
    for week in (0, 1, 2):
        start = NOON + week * 168 * HOUR
        Shift.objects.create(employee=anna, starts_at=start, ends_at=start + 4 * HOUR)

    assert due_after(anna, start=NOON, hours=10) == NOON + 2 * 168 * HOUR + 2 * HOUR


def test_a_lead_has_the_people_of_all_teams_below(long_here, support, line_one, line_two):
    head = long_here("Глава", "head", team=support)
    support.lead = head
    support.save()
    long_here("Один", "one")
    long_here("Два", "two", team=line_two)

    assert names(people_of_lead(head, NOON.date())) == ["Два", "Один"]
    assert set(teams_led_by(head)) == {support, line_one, line_two}


def test_a_team_is_not_part_of_itself_through_others(support, line_one):
    with pytest.raises(TeamInsideItself):
        save_team(team=support, name="Поддержка", parent=line_one, lead=None, by=None)


def test_two_teams_do_not_differ_by_case_only(line_one):
    with pytest.raises(TeamNameTaken):
        save_team(team=Team(), name="линия 1", parent=None, lead=None, by=None)


def test_nobody_who_has_left_leads_a_team(line_one, hire, today):
    gone = hire("Ушёл", "gone", left_on=today)

    with pytest.raises(UnsuitableLead):
        save_team(team=line_one, name="Линия 1", parent=None, lead=gone, by=None)


def test_leave_has_an_end_after_its_start_and_does_not_overlap(anna, today):
    day = datetime.timedelta(days=1)
    leave = record_leave(employee=anna, starts_on=today, ends_on=today + day, by=None)

    with pytest.raises(LeaveEndsBeforeItStarts):
        record_leave(employee=anna, starts_on=today, ends_on=today - day, by=None)
    with pytest.raises(LeavesOverlap):
        record_leave(employee=anna, starts_on=today + day, ends_on=today + 3 * day, by=None)
    record_leave(employee=anna, starts_on=today, ends_on=today + 2 * day, by=None, leave=leave)
    assert Leave.objects.get().ends_on == today + 2 * day


def test_a_shift_ends_after_it_begins_within_a_day_and_alone(anna):
    record_shift(employee=anna, starts_at=NOON, ends_at=NOON + 9 * HOUR)

    with pytest.raises(UnlikelyShift):
        record_shift(employee=anna, starts_at=NOON, ends_at=NOON)
    with pytest.raises(UnlikelyShift):
        record_shift(employee=anna, starts_at=NOON, ends_at=NOON + 25 * HOUR)
    with pytest.raises(ShiftsOverlap):
        record_shift(employee=anna, starts_at=NOON + HOUR, ends_at=NOON + 10 * HOUR)
