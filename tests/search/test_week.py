"""A week of questions: what most asked, what rose, what found nothing; told to the head once a week."""

import datetime
import uuid

import pytest
import time_machine
from django.utils import timezone
from django.utils.translation import override

from notifications.extensions import kind_named
from notifications.models import Notification
from people.roles import Role
from search import log, weekly
from search.models import SearchLog
from search.week import last_whole_week, week_of_questions

pytestmark = pytest.mark.django_db

WEEK = datetime.timedelta(days=7)


@pytest.fixture
def monday(now) -> datetime.date:
    """The Monday of the last whole week."""
    return last_whole_week(now)


@pytest.fixture
def ask(monday):
    """``ask("эхо", "a", "b")``: these people asked it on the Wednesday of that week; ``weeks_ago`` before it."""

    def _ask(query: str, *who: str, hits: int = 3, weeks_ago: int = 0, opened=None) -> None:
        day = datetime.datetime.combine(monday, datetime.time(12)) + datetime.timedelta(days=2)
        SearchLog.objects.bulk_create(
            SearchLog(
                asked_at=timezone.make_aware(day - weeks_ago * WEEK),
                query=query,
                query_key=log.key_of(query),
                who=person,
                staff=True,
                hits=hits,
                ending="paused",
                opened=opened,
                milliseconds=1,
            )
            for person in who
        )

    return _ask


def test_what_more_people_asked_stands_before_what_one_asked_often(ask, monday):
    ask("эхо", "a", "a", "a", "a")
    ask("переадресация", "a", "b", opened=uuid.uuid4())

    week = week_of_questions(monday)

    assert [row["query"] for row in week.most] == ["переадресация", "эхо"]
    assert (week.times, week.opened, week.empty) == (6, 2, 0)


def test_what_found_nothing_is_a_list_of_its_own(ask, monday):
    ask("колбек", "a", "b", hits=0)
    ask("эхо", "a")

    assert [row["query"] for row in week_of_questions(monday).unanswered] == ["колбек"]


def test_a_question_rises_when_three_people_ask_it_twice_as_often_as_usual(ask, monday):
    ask("esim", "a", "b", "c", "d")
    ask("esim", "a", "b", "c", "d", weeks_ago=1)
    ask("эхо", "a", "b", "c")
    for weeks_ago in range(1, 5):
        ask("эхо", "a", "b", weeks_ago=weeks_ago)
    ask("тариф", "a", "a", "a", "a")

    [risen] = week_of_questions(monday).risen

    assert (risen.query, risen.times, risen.usual) == ("esim", 4, 1.0)


def test_other_weeks_are_not_counted(ask, monday):
    ask("эхо", "a", weeks_ago=1)
    ask("гудки", "a", weeks_ago=-1)

    assert week_of_questions(monday).times == 0


@pytest.mark.parametrize("asked", [1, 40])
def test_the_page_takes_as_many_queries_for_much_as_for_little(
    ask, sergey, client_of, django_assert_max_num_queries, asked
):
    for number in range(asked):
        ask(f"вопрос {number}", "a", "b", "c", hits=number % 2)
    client = client_of(sergey)
    client.get("/search/week/")

    with django_assert_max_num_queries(12):
        page = client.get("/search/week/").content.decode()

    assert "вопрос 0" in page


@pytest.mark.parametrize("day", ["", "nonsense", "2026-13-01", "0001-01-01", "9999-12-31"])
def test_a_week_that_is_none_shows_the_last_whole_one(ask, sergey, client_of, day):
    ask("эхо", "a")

    page = client_of(sergey).get("/search/week/", {"week": day})

    assert page.status_code == 200
    assert "эхо" in page.content.decode()


def test_an_operator_does_not_read_what_others_asked(anna, client_of):
    assert client_of(anna).get("/search/week/").status_code == 404


@pytest.fixture
def head(hire, support):
    """Who leads the whole department."""
    person = hire("Виктор Орлов", "viktor", Role.LEAD)
    support.lead = person
    support.save()
    return person


def test_the_head_is_told_once_a_week_while_at_work_and_nobody_else(head, sergey):
    monday = datetime.datetime(2026, 11, 30, 9, tzinfo=head.tz)
    SearchLog.objects.create(
        asked_at=monday - datetime.timedelta(days=3), query="колбек", query_key="колбек", who="a",
        staff=True, hits=0, ending="paused", milliseconds=1,
    )  # fmt: skip
    with time_machine.travel(monday - datetime.timedelta(hours=3), tick=False):
        assert weekly.tell_of_the_week(now=timezone.now()) == 0
    with time_machine.travel(monday + datetime.timedelta(hours=2), tick=False):
        assert weekly.tell_of_the_week(now=timezone.now()) == 1
        assert weekly.tell_of_the_week(now=timezone.now()) == 0
        assert [one.recipient for one in Notification.objects.all()] == [head]


def test_a_week_without_a_question_is_not_told_of(head):
    with time_machine.travel(datetime.datetime(2026, 11, 30, 11, tzinfo=head.tz), tick=False):
        assert weekly.tell_of_the_week(now=timezone.now()) == 0


def test_the_notification_names_what_nobody_found_and_goes_with_its_week(head, viewer_of):
    monday = datetime.datetime(2026, 11, 30, 9, tzinfo=head.tz)
    SearchLog.objects.create(
        asked_at=monday - datetime.timedelta(days=3), query="колбек", query_key="колбек", who="a",
        staff=True, hits=0, ending="paused", milliseconds=1,
    )  # fmt: skip
    kind, params = kind_named("search.questions_of_the_week"), [{"week": "2026-11-23"}]

    with override("en"):
        (said,) = kind.render(params, viewer=viewer_of(head), at=monday)
        (gone,) = kind.render(params, viewer=viewer_of(head), at=monday + WEEK)

    assert said.line == "Not found: колбек"
    assert gone is None
