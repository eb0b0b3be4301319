"""The first screen of the demo and the bar that stays: one click to be somebody, on this machine and in a demo only."""

import datetime

import pytest
from django.test import Client

from lms.demo.age import age_of_demo
from lms.demo.cast import CAST
from lms.demo.login import BEHIND, FIRST_SCREEN
from people.models import Company, User

pytestmark = pytest.mark.django_db
SEEDED = datetime.date(2026, 11, 20)
HERE = {"HTTP_HOST": "127.0.0.1:8000", "REMOTE_ADDR": "127.0.0.1"}


@pytest.fixture
def here(settings):
    """A browser on the machine of the demo."""
    settings.ALLOWED_HOSTS = ["*"]
    return Client(**HERE)


@pytest.fixture
def demo(root_section):
    """A database marked as demo, with Anna and Sergey of the cast."""
    Company.objects.create(name="Линия", demo_seeded_on=SEEDED)
    for member in CAST:
        if member.handle in ("anna", "sergey"):
            User.objects.create_user(member.email, "irrelevant here")


def who(client) -> str:
    return User.objects.get(pk=client.session["_auth_user_id"]).email


def test_four_people_stand_on_the_first_screen_and_each_is_of_the_cast():
    assert len(FIRST_SCREEN) == 4
    assert {*FIRST_SCREEN, *BEHIND} == {member.handle for member in CAST}


def test_one_click_is_enough_and_another_click_is_another_person(here, demo):
    assert "/accounts/demo/" in here.get("/accounts/login/").content.decode()
    here.post("/accounts/demo/", {"login": "anna"})
    assert who(here) == "operator@demo.opora.test"

    assert "/accounts/demo/" in here.get("/accounts/login/").content.decode()
    here.post("/accounts/demo/", {"login": "sergey"})
    assert who(here) == "lead@demo.opora.test"


@pytest.mark.parametrize(
    "elsewhere",
    [
        {"REMOTE_ADDR": "10.0.0.7"},
        {"HTTP_HOST": "opora.example.com"},
        {"HTTP_X_FORWARDED_FOR": "127.0.0.1"},
    ],
)
def test_from_anywhere_else_there_is_no_such_door_and_no_bar(settings, demo, elsewhere):
    settings.ALLOWED_HOSTS = ["*"]
    client = Client(**{**HERE, **elsewhere})

    assert client.post("/accounts/demo/", {"login": "anna"}).status_code == 404
    assert "/accounts/demo/" not in client.get("/accounts/login/").content.decode()
    assert "demo-bar" not in client.get("/").content.decode()


def test_somebody_who_is_not_of_the_cast_is_nobody(here, demo):
    assert here.post("/accounts/demo/", {"login": "root"}).status_code == 404
    assert here.post("/accounts/demo/", {}).status_code == 404


def test_the_bar_says_how_old_the_data_is_once_it_is_old(here, demo):
    here.cookies["language"] = "en"
    assert "manage.py reset_demo" in here.get("/").content.decode()

    Company.objects.update(demo_seeded_on=datetime.date(2999, 1, 1))
    html = here.get("/").content.decode()
    assert "demo-bar" in html
    assert "reset_demo" not in html


def test_a_weekend_does_not_make_the_demo_old(demo):
    assert age_of_demo(SEEDED + datetime.timedelta(days=2)).days == 0  # a Sunday
    assert age_of_demo(SEEDED + datetime.timedelta(days=3)).days == 3  # Monday
    Company.objects.all().delete()
    assert age_of_demo() is None
