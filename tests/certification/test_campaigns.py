"""A campaign from its plan to its minutes: who is called when, what they sit, whom it reminds, who sees it."""

import datetime
import io
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from certification.duties import own_rounds, paper_of
from certification.models import Campaign, DutyPaper, RecertificationDuty
from certification.planning import preview
from certification.refusals import CampaignOver, NobodyDue, NoSuchDay, NotOffered, TooEarly
from certification.rules.campaigns import Unplaced
from certification.rules.duties import Standing
from certification.selectors.campaigns import board_of, campaigns_of
from certification.selectors.offers import offers_for
from certification.services.attempts import start
from certification.services.campaigns import cancel, move, open_campaign
from certification.services.reminding import remind_of_rounds
from certification.services.submitting import submit
from competence.choices import EventType
from competence.models import CompetenceArticle, RecertificationWindow
from competence.services.segments import rebuild
from notifications.models import Notification
from notifications.selectors import inbox_page
from people.models import Leave, Team
from people.roles import Role

DAY = datetime.timedelta(days=1)
MINUTE = datetime.timedelta(minutes=1)


@pytest.fixture
def window(today, now, questions) -> RecertificationWindow:
    """Three weeks that begin in twenty days."""
    window = RecertificationWindow.objects.create(
        name="Зима", starts_on=today + 20 * DAY, ends_on=today + 40 * DAY
    )
    rebuild(now=now)
    return window


@pytest.fixture
def knows(at_level_2, telephony, window, now):
    """``knows(anna, olga)``: they passed telephony five months ago, so that it ends with the window."""

    def _knows(*people) -> None:
        for person in people:
            at_level_2(person, telephony, days_ago=150)

    return _knows


@pytest.fixture
def open_it(window, hr, now, today):
    """``open_it()``: the campaign of the window for all lines, opened by HR."""

    def _open(*teams: Team, percent: int = 10, key=None) -> Campaign:
        return open_campaign(
            window=window,
            teams=teams or list(Team.objects.all()),
            percent=percent,
            key=key or uuid.uuid4(),
            by=hr.user,
            now=now,
            today=today,
        )

    return _open


@pytest.fixture
def paper(knows, open_it, anna) -> DutyPaper:
    """Anna's paper of an open campaign."""
    knows(anna)
    open_it()
    return DutyPaper.objects.get()


def noon(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(12), timezone.get_default_timezone())


@pytest.fixture
def sit(question_keys, reply):
    """``sit(paper, anna, at=…, right=5)``: she takes it on that day and hands it in."""

    def _sit(paper, employee, *, at, right=5):
        attempt = start(quiz=paper.quiz, employee=employee, key=uuid.uuid4(), now=at)
        for slot in range(1, len(attempt.paper["slots"]) + 1):
            reply(attempt, slot, wrong=slot > right)
        return submit(attempt=attempt, by=employee.user, now=at + 2 * MINUTE)

    return _sit


# --- planning and opening --------------------------------------------------------------------------------------------


def test_who_is_due_is_called_once_each_on_a_day_of_their_own_and_hears_of_it(
    knows, open_it, anna, olga, denis, sergey, hr, window, now
):
    knows(anna, olga)
    campaign = open_it()

    papers = {paper.duty.employee: paper for paper in DutyPaper.objects.all()}
    assert set(papers) == {anna, olga}
    assert papers[anna].day != papers[olga].day
    for paper in papers.values():
        assert window.starts_on <= paper.day <= window.ends_on
        assert paper.day.weekday() < 5
        (line,) = paper.lines.all()
        assert (line.level, line.due_on) == (2, window.ends_on)
        assert (paper.quiz.minutes, paper.quiz.campaign) == (10, campaign)
    # The same is asked of both: they sit the same test.
    assert papers[anna].quiz == papers[olga].quiz
    told = Notification.objects.values_list("kind", "recipient")
    assert set(told) == {
        ("certification.called", anna.pk),
        ("certification.called", olga.pk),
        ("certification.line_called", sergey.pk),
    }


def test_the_same_click_finds_the_campaign_and_another_one_calls_nobody_twice(knows, open_it, anna):
    knows(anna)
    key = uuid.uuid4()
    campaign = open_it(key=key)

    assert open_it(key=key) == campaign
    with pytest.raises(NobodyDue):
        open_it()
    assert RecertificationDuty.objects.count() == 1


def test_the_plan_says_who_is_not_called_and_why(knows, anna, olga, hire, window, now, today):
    new = hire("Вера Новая", "vera", Role.OPERATOR, hired_on=window.starts_on - 30 * DAY)
    knows(anna, olga, new)
    Leave.objects.create(employee=olga, starts_on=window.starts_on, ends_on=window.ends_on)

    found = preview(window=window, teams=list(Team.objects.all()), percent=10, at=now, today=today)

    reasons = {person.id: reason for person, reason in found.plan.unplaced}
    assert reasons == {new.pk: Unplaced.NEW_HERE, olga.pk: Unplaced.AWAY}
    assert [one.person for one in found.plan.rounds] == [anna.pk]


def test_what_nobody_can_be_asked_for_lack_of_questions_is_said_and_left_out(
    knows, anna, questions, window, now, today, telephony
):
    knows(anna)
    for question in questions[:2]:
        question.live = False
        question.save()

    found = preview(window=window, teams=list(Team.objects.all()), percent=10, at=now, today=today)

    assert not found.plan.rounds
    assert found.lacking == [(telephony, 2, 1)]


def test_planning_takes_the_same_queries_however_many_are_called(
    knows, hire, anna, window, now, today, django_assert_max_num_queries
):
    knows(anna, *(hire(f"Оператор {n}", f"op{n}", Role.OPERATOR) for n in range(8)))

    with django_assert_max_num_queries(30):
        found = preview(
            window=window, teams=list(Team.objects.all()), percent=50, at=now, today=today
        )
    assert len(found.plan.rounds) == 9


# --- sitting ---------------------------------------------------------------------------------------------------------


def test_a_paper_waits_with_its_date_is_not_begun_before_it_and_not_by_others(
    paper, anna, olga, quiz, now
):
    first = offers_for(anna, now)[0]

    assert (first.quiz, first.day, first.may_start) == (paper.quiz, paper.day, False)
    # What the round asks anyway is not due by the position's own test as well.
    assert [one.is_due for one in offers_for(anna, now) if one.quiz == quiz] == [False]
    with pytest.raises(TooEarly):
        start(quiz=paper.quiz, employee=anna, key=uuid.uuid4(), now=now)
    with pytest.raises(NotOffered):
        start(quiz=paper.quiz, employee=olga, key=uuid.uuid4(), now=noon(paper.day))


def test_what_is_passed_is_done_and_nothing_waits_any_more(paper, anna, sit, window):
    sit(paper, anna, at=noon(paper.day))
    later = noon(window.ends_on)

    assert paper_of(paper.quiz, anna, later).standing is Standing.PASSED
    assert own_rounds(anna, later) == []
    assert all(one.quiz != paper.quiz for one in offers_for(anna, later))
    with pytest.raises(NotOffered):
        start(quiz=paper.quiz, employee=anna, key=uuid.uuid4(), now=later)


def test_another_test_of_the_competence_counts_for_the_round_as_well(
    paper, anna, happened, telephony
):
    happened(anna, telephony, EventType.QUIZ, level=2, passed=True)

    assert own_rounds(anna, noon(paper.day)) == []


def test_a_failed_paper_is_taken_again_after_three_days_with_what_is_still_to_be_passed(
    knows, open_it, anna, tariffs, require, write_question, happened, article, sit, now, window
):
    require(tariffs, 2)
    CompetenceArticle.objects.create(competence=tariffs, article_uuid=article.uuid)
    for number in range(6):
        write_question(f"Тариф {number}?", competence=tariffs)
    knows(anna)
    happened(anna, tariffs, EventType.QUIZ, level=2, passed=True, days_ago=150)
    open_it()
    paper = DutyPaper.objects.get()
    at = noon(paper.day)
    attempt = start(quiz=paper.quiz, employee=anna, key=uuid.uuid4(), now=at)
    assert len(attempt.paper["slots"]) == 10
    ended = submit(attempt=attempt, by=anna.user, now=at + MINUTE)
    assert not ended.passed
    happened(anna, tariffs, EventType.QUIZ, level=2, passed=True)

    failed = paper_of(paper.quiz, anna, at + DAY)
    assert failed.standing is Standing.FAILED
    with pytest.raises(TooEarly):
        start(quiz=paper.quiz, employee=anna, key=uuid.uuid4(), now=at + DAY)
    assert paper_of(paper.quiz, anna, at + 11 * DAY).standing is Standing.LATE

    again = start(quiz=paper.quiz, employee=anna, key=uuid.uuid4(), now=at + 3 * DAY)
    asked = {slot["competence"] for slot in again.paper["slots"]}
    assert asked == {line.competence_id for line in failed.left}
    assert len(again.paper["slots"]) == 5


# --- reminders -------------------------------------------------------------------------------------------------------


def test_reminders_come_at_14_3_and_0_days_while_people_work_and_each_once(paper, anna):
    at_night = noon(paper.day - 14 * DAY).replace(hour=3)
    told = [remind_of_rounds(now=at_night)] + [
        remind_of_rounds(now=noon(paper.day + offset * DAY))
        for offset in (-15, -14, -14, -13, 0, 0, 1)
    ]

    # The scheduler slept over the third day: only today's is said.
    assert told == [0, 0, 1, 0, 0, 1, 0, 0]


def test_reminders_stop_by_themselves_and_those_unread_say_nothing_once_it_is_passed(
    paper, anna, sit, viewer_of
):
    remind_of_rounds(now=noon(paper.day))
    _page, items = inbox_page(viewer_of(anna), number=1, at=noon(paper.day))
    assert [item.notification.kind for item in items] == ["certification.round_ahead"]

    sit(paper, anna, at=noon(paper.day))

    assert remind_of_rounds(now=noon(paper.day)) == 0
    assert inbox_page(viewer_of(anna), number=1, at=noon(paper.day))[1] == []


# --- moving and calling off ------------------------------------------------------------------------------------------


def test_a_day_is_moved_to_one_on_which_the_person_works_and_the_line_can_spare_them(
    knows, open_it, anna, olga, sergey, now, today, window
):
    knows(anna, olga)
    open_it()
    papers = {paper.duty.employee: paper for paper in DutyPaper.objects.all()}
    mine, theirs = papers[anna], papers[olga]
    saturday = mine.day + (5 - mine.day.weekday()) * DAY
    by = {"by": sergey.user, "now": now, "today": today}

    for day in (saturday, theirs.day, window.starts_on - DAY, window.ends_on + 61 * DAY):
        with pytest.raises(NoSuchDay):
            move(paper=mine, day=day, **by)
    free = saturday + 2 * DAY
    while free == theirs.day:
        free += DAY
    move(paper=mine, day=free, **by)

    mine.refresh_from_db()
    assert (mine.day, mine.moved_by) == (free, sergey.user)
    assert Notification.objects.filter(recipient=anna, kind="certification.called").count() == 2


def test_a_campaign_called_off_asks_nothing_and_the_same_people_can_be_called_again(
    paper, anna, hr, now, open_it
):
    campaign = Campaign.objects.get()
    cancel(campaign=campaign, reason="Авария", by=hr.user, now=now)

    assert own_rounds(anna, now) == []
    with pytest.raises(NotOffered):
        start(quiz=paper.quiz, employee=anna, key=uuid.uuid4(), now=noon(paper.day))
    with pytest.raises(CampaignOver):
        cancel(campaign=campaign, reason="Ещё раз", by=hr.user, now=now)
    assert open_it() != campaign


def test_dates_decide_where_everybody_stands_whether_or_not_a_job_runs(paper, anna, hr, viewer_of):
    campaign = Campaign.objects.get()
    viewer = viewer_of(hr)

    stands = [
        board_of(campaign, viewer, noon(paper.day + offset * DAY)).readings[0].standing
        for offset in (-1, 0, 1)
    ]

    assert stands == [Standing.WAITING, Standing.WAITING, Standing.LATE]
    Leave.objects.create(employee=anna, starts_on=paper.day, ends_on=paper.day + 9 * DAY)
    away = board_of(campaign, viewer, noon(paper.day + DAY))
    assert away.lines[0].counts == [0, 0, 0, 1, 0]
    anna.left_on = paper.day + DAY
    anna.save()
    assert not board_of(campaign, viewer, noon(paper.day + 2 * DAY)).readings


# --- who sees it -----------------------------------------------------------------------------------------------------


@pytest.fixture
def two_lines(knows, open_it, hire, anna, line_two):
    """A campaign that calls Anna of line one and Boris of line two; Boris."""
    boris = hire("Борис Ли", "boris", Role.OPERATOR, team=line_two)
    knows(anna, boris)
    open_it()
    return boris


def test_a_lead_sees_and_moves_their_own_people_hr_everybody_an_operator_none(
    two_lines, anna, sergey, hr, client_of
):
    campaign = Campaign.objects.get()
    board = reverse("campaign", args=[campaign.pk])
    lead = client_of(sergey)

    page = lead.get(board).content.decode()
    assert anna.full_name in page
    assert two_lines.full_name not in page
    for person, status in ((anna, 200), (two_lines, 404)):
        paper = DutyPaper.objects.get(duty__employee=person)
        assert lead.get(reverse("campaign_move", args=[paper.pk])).status_code == status
    assert lead.get(reverse("campaign_cancel", args=[campaign.pk])).status_code == 404
    assert two_lines.full_name in client_of(hr).get(board).content.decode()
    assert client_of(anna).get(board).status_code == 404


def test_hr_sees_the_price_first_and_opens_with_one_click(
    knows, anna, olga, window, hr, client_of, line_one
):
    knows(anna, olga)
    client = client_of(hr)
    address = f"{reverse('campaign_plan')}?window={window.pk}&percent=10&teams={line_one.pk}"

    page = client.get(address).content.decode()
    assert anna.full_name in page
    assert not Campaign.objects.exists()

    response = client.post(address, {"key": uuid.uuid4()}, follow=True)
    assert response.redirect_chain[-1][0] == reverse("campaign", args=[Campaign.objects.get().pk])
    assert anna.full_name in response.content.decode()


def test_a_lead_calls_their_own_line_and_no_other(knows, anna, window, sergey, line_two, client_of):
    knows(anna)
    address = f"{reverse('campaign_plan')}?window={window.pk}&percent=10&teams={line_two.pk}"

    assert client_of(sergey).post(address, {"key": uuid.uuid4()}).status_code == 422
    assert not Campaign.objects.exists()


def test_the_minutes_name_everybody_and_how_it_ended(paper, anna, sit, hr, client_of):
    sit(paper, anna, at=noon(paper.day))
    response = client_of(hr).get(reverse("campaign_minutes", args=[Campaign.objects.get().pk]))

    rows = list(load_workbook(io.BytesIO(response.content)).active.values)
    (row,) = [row for row in rows if row[0] == anna.full_name]
    assert row[3] == paper.day.isoformat()
    assert row[9:12] == ("5", "5", paper.day.isoformat())


def test_the_board_takes_the_same_queries_however_many_are_called(
    knows, open_it, hire, anna, hr, client_of, viewer_of, now, django_assert_max_num_queries
):
    knows(anna, *(hire(f"Оператор {n}", f"op{n}", Role.OPERATOR) for n in range(8)))
    campaign = open_it(percent=100)
    client = client_of(hr)
    board = reverse("campaign", args=[campaign.pk])
    client.get(board)

    with django_assert_max_num_queries(18):
        assert client.get(board).content.decode().count("Оператор ") >= 8
    viewer = viewer_of(hr)
    with django_assert_max_num_queries(1):
        assert [one.people for one in campaigns_of(viewer, now)] == [9]
