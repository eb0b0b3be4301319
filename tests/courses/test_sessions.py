"""Sessions: scheduled, moved, called off; who has a seat, who waits and moves up, who is told and who may see."""

import datetime
import uuid
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from courses.choices import Answer, SessionKind, SessionState
from courses.covering import cover_of
from courses.models import Invitation, TheorySession
from courses.refusals import BeginsInThePast, Impossible, NotYours, SessionOver, TooManyAway
from courses.rule.recurring import weekly
from courses.services.inviting import answer, invite, invite_to_each
from courses.services.reminding import remind
from courses.services.scheduling import SessionDraft, cancel, change, schedule
from kb.choices import Audience
from kb.models import ArticlePage
from notifications.models import Notification

pytestmark = pytest.mark.django_db

DAY, HOUR = datetime.timedelta(days=1), datetime.timedelta(hours=1)


@pytest.fixture(autouse=True)
def that_monday(now):
    """The site's clock stands at ``now``."""
    with time_machine.travel(now, tick=False) as clock:
        yield clock


@pytest.fixture
def draft(ilya, now):
    """``draft(days=2)``: a lecture of Ilya's, so many days after ``now``."""

    def _draft(*, days: float = 2, hours: float = 1, **fields) -> SessionDraft:
        start = now + DAY * days
        values = {"title": "Коды ошибок SIP", "kind": SessionKind.LECTURE, "trainer": ilya}
        return SessionDraft(
            **values | {"starts_at": start, "ends_at": start + HOUR * hours} | fields
        )

    return _draft


@pytest.fixture
def planned(draft, ilya, now):
    """``planned(capacity=1)``: a session that is scheduled."""

    def _planned(**fields) -> TheorySession:
        return schedule(draft=draft(**fields), key=uuid.uuid4(), by=ilya.user, now=now)[0]

    return _planned


def row_of(session, employee) -> Invitation:
    """The invitation as it stands."""
    return Invitation.objects.select_related("session", "employee").get(
        session=session, employee=employee
    )


def told(employee, kind: str) -> int:
    """How many messages of a kind stand in somebody's inbox."""
    rows = Notification.objects.filter(recipient=employee, kind=f"courses.session_{kind}")
    return rows.filter(withdrawn_at__isnull=True).count()


def inbox_of(client_of, employee) -> str:
    """What somebody reads in their inbox."""
    client = client_of(employee)
    client.cookies["language"] = "en"
    return client.get("/inbox/").content.decode()


def test_weekly_sessions_keep_their_hour_until_the_day(draft, ilya, now):
    made = schedule(
        draft=draft(),
        until=(now + DAY * 16).date(),
        key=uuid.uuid4(),
        by=ilya.user,
        now=now,
    )

    assert [(one.starts_at - now).days for one in made] == [2, 9, 16]


def test_the_hour_on_the_wall_stays_where_clocks_are_put_back():
    berlin = ZoneInfo("Europe/Berlin")
    start = datetime.datetime(2026, 10, 19, 10, tzinfo=berlin)

    first, second = weekly(start, start + HOUR, until=datetime.date(2026, 11, 1), zone=berlin)

    assert second[0].astimezone(berlin).hour == 10
    assert second[0] - first[0] == DAY * 7 + HOUR
    assert second[1] - second[0] == HOUR


def test_a_second_click_finds_what_the_first_one_scheduled(draft, ilya, now):
    key = uuid.uuid4()
    first = schedule(draft=draft(), key=key, by=ilya.user, now=now)

    assert schedule(draft=draft(), key=key, by=ilya.user, now=now) == first
    assert TheorySession.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"days": -1}, BeginsInThePast),
        ({"hours": 0}, Impossible),
        ({"kind": SessionKind.CASE_REVIEW}, Impossible),
    ],
)
def test_what_cannot_take_place_is_refused(planned, fields, refusal):
    with pytest.raises(refusal):
        planned(**fields)


def test_who_finds_all_seats_taken_waits_and_moves_up_by_themselves(planned, anna, olga, hire, now):
    session = planned(capacity=1)
    boris = hire("Борис Ли", "boris")
    invite(session=session, employees=[anna, olga], now=now)
    invite(session=session, employees=[boris, anna], now=now)
    assert [row_of(session, one).seated for one in (anna, olga, boris)] == [True, False, False]

    answer(invitation=row_of(session, anna), comes=False, by=anna.user, now=now + HOUR)

    assert [row_of(session, one).seated for one in (anna, olga, boris)] == [False, True, False]
    assert told(olga, "seat") == 1
    assert told(boris, "seat") == 0


def test_who_declined_and_comes_after_all_stands_at_the_end(planned, anna, olga, now):
    session = planned(capacity=1)
    invite(session=session, employees=[anna, olga], now=now)
    answer(invitation=row_of(session, anna), comes=False, by=anna.user, now=now)

    row = answer(invitation=row_of(session, anna), comes=True, by=anna.user, now=now)

    assert (row.answer, row.seated) == (Answer.ACCEPTED, False)
    assert row_of(session, olga).seated


def test_more_seats_let_those_who_wait_in_and_fewer_than_are_taken_are_refused(
    planned, draft, anna, olga, ilya, now
):
    session = planned(capacity=1)
    invite(session=session, employees=[anna, olga], now=now)

    change(session=session, draft=draft(capacity=2), by=ilya.user, now=now)
    assert row_of(session, olga).seated

    with pytest.raises(Impossible):
        change(session=session, draft=draft(capacity=1), by=ilya.user, now=now)


def test_nobody_answers_for_somebody_else_nor_once_it_has_begun(planned, anna, olga, now):
    session = planned()
    invite(session=session, employees=[anna], now=now)
    row = row_of(session, anna)

    with pytest.raises(NotYours):
        answer(invitation=row, comes=True, by=olga.user, now=now)
    with pytest.raises(SessionOver):
        answer(invitation=row, comes=True, by=anna.user, now=now + DAY * 2)


def test_another_time_is_told_and_asks_again_and_the_old_message_goes(
    planned, draft, anna, ilya, now
):
    session = planned()
    invite(session=session, employees=[anna], now=now)
    answer(invitation=row_of(session, anna), comes=True, by=anna.user, now=now)

    for days in (3, 4):
        change(session=session, draft=draft(days=days), by=ilya.user, now=now)

    row = row_of(session, anna)
    assert (row.answer, row.seated) == (Answer.NONE, True)
    assert told(anna, "moved") == 1
    assert told(ilya, "moved") == 0


def test_called_off_an_hour_before_everybody_is_told_at_once(
    planned, anna, olga, ilya, now, client_of
):
    session = planned(capacity=1)
    invite(session=session, employees=[anna, olga], now=now)
    late = session.starts_at - HOUR

    assert cancel(session=session, reason="Тренер заболел", by=ilya.user, now=late)
    assert not cancel(session=session, reason="ещё раз", by=ilya.user, now=late)

    session.refresh_from_db()
    assert (session.state, session.cancel_reason) == (SessionState.CANCELLED, "Тренер заболел")
    assert (told(anna, "cancelled"), told(olga, "cancelled")) == (1, 1)
    urgent = Notification.objects.get(recipient=anna, kind="courses.session_cancelled")
    assert urgent.deliveries.get().next_try_at == late
    said = inbox_of(client_of, anna)
    assert "Called off" in said
    assert "Тренер заболел" in said
    assert "You are invited" not in said


def test_reminders_come_a_day_and_an_hour_before_each_once(planned, anna, olga, ilya, now):
    session = planned(capacity=1)
    invite(session=session, employees=[anna, olga], now=now)

    for before in (DAY * 1.5, HOUR * 23, HOUR * 22, HOUR, HOUR / 2):
        remind(now=session.starts_at - before)

    keys = Notification.objects.filter(kind="courses.session_soon", recipient=anna)
    assert sorted(one.event_key.split(":")[1] for one in keys) == ["day", "hour"]
    assert told(anna, "soon") == 1
    assert told(ilya, "soon") == 1
    assert told(olga, "soon") == 0


def test_who_is_invited_within_the_day_is_reminded_an_hour_before_only(planned, anna, olga, now):
    session = planned()
    invite(session=session, employees=[anna], now=now)
    invite(session=session, employees=[olga], now=session.starts_at - HOUR * 20)

    remind(now=session.starts_at - HOUR * 19)
    assert (told(anna, "soon"), told(olga, "soon")) == (1, 0)

    remind(now=session.starts_at - HOUR / 2)
    assert told(olga, "soon") == 1


def test_a_series_invites_to_each_session_or_to_none(planned, anna, now):
    sessions = [planned(), planned(days=9)]
    cancel(session=sessions[1], reason="Отпуск", by=sessions[1].trainer.user, now=now)

    with pytest.raises(SessionOver):
        invite_to_each(sessions=sessions, employees=[anna], now=now)

    assert not Invitation.objects.exists()


def test_a_seat_of_who_works_here_no_longer_becomes_free(planned, anna, olga, now):
    session = planned(capacity=1)
    invite(session=session, employees=[anna, olga], now=now)
    anna.left_on = now.date() - DAY
    anna.save()

    remind(now=now)

    assert row_of(session, olga).seated


def test_a_line_that_becomes_too_thin_is_shown_and_refused_only_where_the_house_says_so(
    planned, anna, olga, now, settings
):
    settings.SESSIONS_MOST_AWAY = 1
    session = planned()
    invite(session=session, employees=[anna, olga], now=now)

    [clash] = cover_of(session).clashes
    assert (clash.line, clash.away, clash.on_shift) == ("Линия 1", 2, 3)

    settings.SESSIONS_KEEP_COVER = True
    with pytest.raises(TooManyAway):
        invite(session=planned(), employees=[anna, olga], now=now)


def test_who_is_off_shift_is_missed_by_nobody(planned, anna, olga, now, settings):
    settings.SESSIONS_MOST_AWAY = 0
    session = planned(days=5)
    invite(session=session, employees=[anna, olga], now=now)

    cover = cover_of(session)

    assert cover.clashes == []
    assert cover.off == {anna.pk, olga.pk}


def test_a_session_is_seen_by_who_gives_it_who_is_invited_their_lead_and_hr(
    planned, anna, olga, sergey, hr, hire, line_two, now, viewer_of
):
    session = planned()
    other_trainer = hire("Юлия Орлова", "orlova", "trainer")
    stranger = hire("Борис Ли", "boris", team=line_two)
    invite(session=session, employees=[anna], now=now)

    def sees(employee) -> bool:
        seen = TheorySession.objects.visible_to(viewer_of(employee), now)
        return seen.filter(pk=session.pk).exists()

    assert all(sees(one) for one in (session.trainer, anna, sergey, hr))
    assert not any(sees(one) for one in (olga, other_trainer, stranger))


def test_a_trainer_schedules_invites_and_is_shown_who_waits(ilya, anna, olga, line_one, client_of):
    client = client_of(ilya)
    client.cookies["language"] = "en"
    form = client.get(reverse("theory_session_new")).context["form"]
    sent = {
        "key": form["key"].value(),
        "title": "Разбор обращения",
        "kind": "lecture",
        "day": "2099-01-05",
        "begins": "15:00",
        "minutes": "45",
        "capacity": "1",
        "room": "Ауд. 2",
    }
    response = client.post(reverse("theory_session_new"), sent)
    session = TheorySession.objects.get()
    assert response.url == reverse("theory_session_invite", args=[session.pk])
    assert f"{session.starts_at.astimezone(anna.tz):%H:%M}" == "15:00"

    page = f"{response.url}?team={line_one.pk}"
    assert "Анна Кравцова" in client.get(page).content.decode()
    client.post(page, {"people": [anna.pk, olga.pk]})

    shown = client.get(reverse("theory_session", args=[session.pk])).content.decode()
    assert "Wait for a seat" in shown
    assert client.get(page).content.decode().count("Анна Кравцова") == 0


def test_an_article_that_is_not_for_the_trainer_is_not_named_and_stays(
    planned, ilya, write_article, line_two, now, client_of
):
    hidden = write_article("Тайный регламент", publish=True)
    session = planned(article=hidden)
    ArticlePage.objects.filter(pk=hidden.pk).update(audience=Audience.TEAMS)
    hidden.audience_teams.create(team=line_two)
    client = client_of(ilya)
    url = reverse("theory_session_change", args=[session.pk])
    page = client.get(url)
    assert "Тайный регламент" not in page.content.decode()

    sent = {
        name: value
        for name, value in page.context["form"].initial.items()
        if value not in (None, [])
    }
    sent |= {"begins": f"{sent['begins']:%H:%M}", "room": "Ауд. 3"}
    assert client.post(url, sent).status_code == 302

    session.refresh_from_db()
    assert (session.room, session.article_id) == ("Ауд. 3", hidden.pk)


def test_the_person_invited_accepts_on_their_plan_and_page(planned, newcomer, plan, now, client_of):
    session = planned()
    invite(session=session, employees=[newcomer], now=now)
    client = client_of(newcomer)

    for page in ("/", reverse("plan"), reverse("theory_sessions")):
        assert "Коды ошибок SIP" in client.get(page).content.decode()
    client.post(reverse("theory_session_answer", args=[session.pk]), {"comes": "yes"})

    assert row_of(session, newcomer).answer == Answer.ACCEPTED


def test_the_list_and_a_session_take_the_same_queries_for_one_and_for_many(
    planned, ilya, anna, olga, hire, now, client_of
):
    sessions = [planned(days=2 + n) for n in range(8)]
    crowd = [hire(f"Оператор {n}", f"crowd{n}") for n in range(6)]
    for one in sessions[1:]:
        invite(session=one, employees=[anna, olga, *crowd], now=now)
    invite(session=sessions[0], employees=[anna], now=now)
    client = client_of(ilya)
    client.get("/theory/")

    def queries(url: str) -> int:
        with CaptureQueriesContext(connection) as caught:
            assert client.get(url).status_code == 200
        return len(caught)

    few = queries(reverse("theory_session", args=[sessions[0].pk]))
    assert queries(reverse("theory_session", args=[sessions[3].pk])) == few
    listed = queries(reverse("theory_sessions"))
    TheorySession.objects.filter(pk__in=[one.pk for one in sessions[2:]]).update(
        state=SessionState.CANCELLED, starts_at=now - DAY, ends_at=now - HOUR
    )
    assert queries(reverse("theory_sessions")) == listed
    assert listed <= 12
