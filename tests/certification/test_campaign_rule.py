"""The plan of a campaign: one round for each who is due, within the limits of a paper, the line kept going."""

import datetime
import random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from certification.rules.campaigns import Person, Unplaced, Window, allowance, plan
from certification.rules.cutting import Due, cut, minutes_for
from certification.rules.duties import Standing, reminder_on, standing, worst
from certification.rules.limits import (
    LEAST_QUESTIONS,
    MOST_COMPETENCES,
    MOST_MINUTES,
    MOST_QUESTIONS,
    SECONDS_PER_QUESTION,
)
from certification.rules.retakes import retake_after

DAY = datetime.timedelta(days=1)
FIRST, LAST = datetime.date(2026, 12, 1), datetime.date(2026, 12, 20)
DECEMBER = Window(first=FIRST, last=LAST, percent=10)
DAYS = tuple(
    day for day in (FIRST + n * DAY for n in range((LAST - FIRST).days + 1)) if day.weekday() < 5
)
LOW, NORMAL, HIGH, CRITICAL = range(4)


def due(competence: int = 1, *, risk: int = NORMAL, on: datetime.date = LAST, changes: int = 0):
    return Due(competence=competence, level=2, risk=risk, on=on, changes=changes)


def person(number: int, *dues: Due, line: int = 1, days=DAYS, **more) -> Person:
    return Person(id=number, line=line, days=tuple(days), due=dues, **more)


DUES = st.lists(
    st.builds(
        due,
        st.integers(1, 15),
        risk=st.integers(LOW, CRITICAL),
        on=st.dates(FIRST - 40 * DAY, LAST + 90 * DAY),
        changes=st.integers(0, 30),
    ),
    max_size=9,
    unique_by=lambda one: one.competence,
)
CREWS = st.lists(
    st.tuples(
        DUES,
        st.integers(1, 3),
        st.sets(st.sampled_from(DAYS)),
        st.dates(FIRST - 200 * DAY, LAST),
    ),
    max_size=12,
).map(
    lambda rows: [
        person(number, *dues, line=line, days=sorted(days), hired_on=hired)
        for number, (dues, line, days, hired) in enumerate(rows)
    ]
)
PERCENTS = st.integers(1, 100)
# A crew is a lot to make up: a busy machine is no reason to fail.
ANY = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])

# --- cutting into papers ---------------------------------------------------------------------------------------------


@ANY
@given(DUES)
def test_papers_hold_every_competence_once_and_nobody_sits_more_than_the_limits(dues):
    papers = cut(dues)

    assert sorted(one.competence for paper in papers for one in paper.due) == sorted(
        one.competence for one in dues
    )
    for paper in papers:
        assert 1 <= len(paper.due) <= MOST_COMPETENCES
        assert LEAST_QUESTIONS <= paper.questions <= MOST_QUESTIONS
        assert paper.minutes <= MOST_MINUTES
        assert paper.minutes * 60 >= paper.questions * SECONDS_PER_QUESTION
    assert [paper.due[0].risk for paper in papers] == sorted(
        (paper.due[0].risk for paper in papers), reverse=True
    )


def test_seven_competences_are_two_papers_and_the_one_of_least_risk_comes_second():
    dues = [due(number, risk=HIGH) for number in range(1, 7)] + [due(7, risk=LOW)]

    first, second = cut(dues)

    assert (first.questions, first.minutes) == (30, 40)
    assert [one.competence for one in second.due] == [7]
    assert (second.questions, second.minutes) == (5, 10)


def test_what_changed_since_takes_room_beside_the_five_questions():
    first, second = cut([due(number, changes=1) for number in range(1, 7)])

    assert (len(first.due), first.questions) == (5, 30)
    assert (len(second.due), second.questions) == (1, 6)
    assert minutes_for(6) == 10


# --- the plan --------------------------------------------------------------------------------------------------------


@ANY
@given(CREWS, PERCENTS, st.randoms(use_true_random=False))
def test_a_plan_keeps_every_line_going_and_forgets_nobody(crew, percent, shuffler: random.Random):
    window = Window(first=FIRST, last=LAST, percent=percent)
    found = plan(crew, window)

    for (line, day), away in found.by_day().items():
        present = sum(1 for one in crew if one.line == line and day in one.days)
        assert away <= allowance(present, percent)
    owing = {one.id for one in crew if any(it.on <= window.reach for it in one.due)}
    called = {one.person for one in found.rounds}
    unplaced = {one.id for one, _reason in found.unplaced}
    assert called | unplaced == owing
    assert not called & unplaced
    assert found.not_due == len(crew) - len(owing)
    by_id = {one.id: one for one in crew}
    for one in found.rounds:
        days = [placed.day for placed in one.papers]
        assert days == sorted(days)
        assert set(days) <= set(by_id[one.person].days)
        asked = [it.competence for placed in one.papers for it in placed.paper.due]
        expected = [it.competence for it in by_id[one.person].due if it.on <= window.reach]
        assert sorted(asked) == sorted(expected)
    for one, reason in found.unplaced:
        if reason is Unplaced.NO_ROOM:
            taken = found.by_day()
            for day in one.days:
                present = sum(1 for it in crew if it.line == one.line and day in it.days)
                assert taken[one.line, day] == allowance(present, percent)
    shuffled = list(crew)
    shuffler.shuffle(shuffled)
    assert plan(shuffled, window) == found


def test_eighty_people_of_four_lines_are_called_without_a_line_losing_more_than_a_tenth():
    crew = [person(n, due(1), due(2), line=n % 4) for n in range(80)]

    found = plan(crew, DECEMBER)

    assert len(found.rounds) == 80
    assert not found.unplaced
    assert max(found.by_day().values()) == 2
    # Ten days are enough: the last working days of the campaign are left for those who must try again.
    assert max(placed.day for one in found.rounds for placed in one.papers) == DAYS[9]
    assert (found.papers, found.questions, found.minutes) == (80, 800, 80 * 15)


def test_a_line_of_three_lets_one_go_at_a_time():
    found = plan([person(n, due()) for n in range(3)], DECEMBER)

    assert [one.papers[0].day for one in found.rounds] == list(DAYS[:3])


def test_whose_time_is_up_goes_first_and_then_who_is_trusted_with_the_most():
    crew = [
        person(1, due(risk=LOW)),
        person(2, due(risk=CRITICAL)),
        person(3, due(risk=LOW, on=FIRST + 2 * DAY)),
    ]

    days = {one.person: one.papers[0].day for one in plan(crew, DECEMBER).rounds}

    assert sorted(days, key=days.__getitem__) == [3, 2, 1]


def test_a_round_takes_in_what_ends_within_sixty_days_of_the_campaign():
    near, far = due(1, on=LAST + 60 * DAY), due(2, on=LAST + 61 * DAY)

    found = plan([person(1, near, far), person(2, far)], DECEMBER)

    (only,) = found.rounds
    assert [one.competence for placed in only.papers for one in placed.paper.due] == [1]
    assert found.not_due == 1


def test_several_papers_of_a_person_are_of_several_days_and_of_one_where_there_is_no_other():
    many = [due(number) for number in range(1, 14)]

    free = plan([person(1, *many)], DECEMBER)
    bound = plan([person(1, *many, days=DAYS[:2])], DECEMBER)

    assert [placed.day for placed in free.rounds[0].papers] == list(DAYS[:3])
    assert [placed.day for placed in bound.rounds[0].papers] == [DAYS[0], DAYS[1], DAYS[1]]


def test_who_cannot_be_called_is_named_with_the_reason():
    crew = [
        person(1, due(), hired_on=datetime.date(2026, 11, 15)),
        person(2, due(), days=()),
        person(3, due(), called=True),
        person(4, due(), days=DAYS[:1], line=2),
        person(5, due(), days=DAYS[:1], line=2),
    ]

    found = plan(crew, DECEMBER)

    assert [(one.id, reason) for one, reason in found.unplaced] == [
        (1, Unplaced.NEW_HERE),
        (2, Unplaced.AWAY),
        (3, Unplaced.CALLED_ALREADY),
        (5, Unplaced.NO_ROOM),
    ]


def test_who_comes_back_from_leave_is_left_in_peace_on_the_first_days_if_there_are_others():
    back = DAYS[3]
    rested = plan([person(1, due(), days=DAYS[3:], returns=(back,))], DECEMBER)
    only_then = plan([person(1, due(), days=DAYS[3:4], returns=(back,))], DECEMBER)

    assert rested.rounds[0].papers[0].day >= back + 3 * DAY
    assert only_then.rounds[0].papers[0].day == back


def test_what_ends_before_its_day_comes_is_said():
    (one,) = plan([person(1, due(on=FIRST), days=DAYS[4:])], DECEMBER).rounds
    (lapsed,) = plan([person(1, due(on=FIRST - DAY), days=DAYS[4:])], DECEMBER).rounds

    assert one.papers[0].comes_too_late(FIRST)
    assert not lapsed.papers[0].comes_too_late(FIRST)


# --- afterwards ------------------------------------------------------------------------------------------------------


def test_a_paper_is_late_from_the_day_after_its_own_and_a_failed_one_after_the_days_of_its_retake():
    day = DAYS[3]
    retake = retake_after(day)

    assert standing(day, day, passed=False) is Standing.WAITING
    assert standing(day, day + DAY, passed=False) is Standing.LATE
    assert standing(day, day + DAY, passed=False, retake=retake) is Standing.FAILED
    assert standing(day, retake.due_day, passed=False, retake=retake) is Standing.FAILED
    assert standing(day, retake.due_day + DAY, passed=False, retake=retake) is Standing.LATE
    assert standing(day, day + DAY, passed=False, on_leave=True) is Standing.ON_LEAVE
    assert standing(day, day + DAY, passed=True, on_leave=True) is Standing.PASSED
    assert worst([Standing.PASSED, Standing.LATE, Standing.WAITING]) is Standing.LATE
    assert worst([]) is Standing.PASSED


@ANY
@given(st.dates(FIRST - 60 * DAY, LAST + 60 * DAY), st.integers(0, 60))
def test_reminders_come_at_14_3_and_0_days_never_after_the_day_and_never_on_the_heels_of_the_opening(
    today, lead
):
    opened = LAST - lead * DAY
    said = reminder_on(today, day=LAST, opened_on=opened)
    left = (LAST - today).days

    expected = 0 if left == 0 else 3 if 1 <= left <= 3 else 14 if 4 <= left <= 14 else None
    if expected is not None and lead <= expected:
        expected = None
    assert said == expected


def test_a_scheduler_that_slept_says_the_last_reminder_and_not_all_of_them():
    opened = LAST - 30 * DAY

    assert reminder_on(LAST - 2 * DAY, day=LAST, opened_on=opened) == 3
    assert reminder_on(LAST, day=LAST, opened_on=opened) == 0
    assert reminder_on(LAST + DAY, day=LAST, opened_on=opened) is None
