"""How a session was: said by who was there, shown together from three answers on and never with a name."""

import datetime
import uuid

import pytest
import time_machine
from django.urls import reverse

from courses.choices import Answer, SessionKind, Usefulness
from courses.models import SessionOpinion
from courses.refusals import NotYours, SessionOver
from courses.services.attending import take_attendance
from courses.services.inviting import invite
from courses.services.opining import say
from courses.services.reminding import remind
from courses.services.scheduling import SessionDraft, schedule
from notifications.models import Notification

pytestmark = pytest.mark.django_db

HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def over(now):
    """The moment it is over."""
    return now + HOUR * 2


@pytest.fixture(autouse=True)
def that_monday(over):
    """The site's clock stands at the end of the session."""
    with time_machine.travel(over, tick=False) as clock:
        yield clock


@pytest.fixture
def people(anna, olga, hire):
    """Three who were there."""
    return [anna, olga, hire("Борис Ли", "boris")]


@pytest.fixture
def absent(hire):
    """Somebody invited who was not there."""
    return hire("Инна Дёмина", "inna")


@pytest.fixture
def session(ilya, people, absent, now):
    """Over, with attendance."""
    draft = SessionDraft(
        title="Разбор жалобы",
        kind=SessionKind.MEETING,
        trainer=ilya,
        starts_at=now + HOUR,
        ends_at=now + HOUR * 2,
    )
    [made] = schedule(draft=draft, key=uuid.uuid4(), by=ilya.user, now=now)
    invite(session=made, employees=[*people, absent], now=now)
    made.invitations.update(answer=Answer.ACCEPTED)
    take_attendance(
        session=made, present={one.pk for one in people}, by=ilya.user, now=now + HOUR * 2
    )
    made.refresh_from_db()
    return made


def page_of(client_of, employee, session) -> str:
    """The page of the session, in English."""
    client = client_of(employee)
    client.cookies["language"] = "en"
    return client.get(reverse("theory_session", args=[session.pk])).content.decode()


def test_two_answers_are_not_enough_and_three_are_shown_without_names(
    session, ilya, people, over, client_of
):
    for person, words in zip(people[:2], ("Кто звонит второй раз?", ""), strict=True):
        say(session=session, employee=person, useful=Usefulness.VERY, unclear=words, now=over)
    page = page_of(client_of, ilya, session)
    assert "Not enough data: 2 answers" in page
    assert "Кто звонит второй раз?" not in page

    say(session=session, employee=people[2], useful=Usefulness.LITTLE, now=over)
    page = page_of(client_of, ilya, session)
    assert "Кто звонит второй раз?" in page
    assert "Very useful" in page
    assert "Кто звонит второй раз?" not in page_of(client_of, people[1], session)


def test_who_was_not_there_and_who_is_late_is_not_heard(session, absent, people, over):
    with pytest.raises(NotYours):
        say(session=session, employee=absent, useful=Usefulness.VERY, now=over)
    with pytest.raises(SessionOver):
        say(
            session=session,
            employee=people[0],
            useful=Usefulness.VERY,
            now=over + datetime.timedelta(days=15),
        )


def test_who_was_there_is_asked_once_and_no_more_after_the_answer(
    session, people, absent, over, client_of
):
    for _again in range(2):
        remind(now=over)
    asked = Notification.objects.filter(kind="courses.session_how_was_it")
    assert {row.recipient_id for row in asked} == {one.pk for one in people}

    client = client_of(people[0])
    url = reverse("theory_session_opinion", args=[session.pk])
    for _click in range(2):
        assert client.post(url, {"useful": "3", "unclear": ""}).status_code == 302

    assert SessionOpinion.objects.count() == 1
    client.cookies["language"] = "en"
    assert "Say how it was" not in client.get("/inbox/").content.decode()
