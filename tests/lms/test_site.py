"""What belongs to the site as a whole: health, headers, switches, the schedule, the demo's door."""

import json

import pytest
from django.core.management import call_command
from django.test import Client

from common import triggers
from kb.models import ArticleVersion

pytestmark = pytest.mark.django_db


def test_the_process_says_it_lives_without_asking_the_database(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert Client().get("/livez").content == b"ok"


def test_a_migrated_house_is_ready(client):
    response = client.get("/readyz")

    assert response.status_code == 200
    assert response.json().items() >= {"status": "ready", "problems": []}.items()


def test_a_ledger_without_its_triggers_is_not_ready(client, unguarded):
    with unguarded(ArticleVersion):
        response = client.get("/readyz")

    assert response.status_code == 503
    assert "trigger" in json.dumps(response.json())
    assert triggers.missing(ArticleVersion) == []


def test_every_answer_carries_the_id_of_its_request_and_a_policy(client):
    response = client.get("/", headers={"X-Request-ID": "abc-1"})

    assert response["X-Request-ID"] == "abc-1"
    assert "'unsafe-inline'" not in response["Content-Security-Policy"]
    assert "HX-Request" in response["Vary"]


def test_a_request_id_that_could_forge_log_lines_is_replaced(client):
    response = client.get("/livez", headers={"X-Request-ID": "a b<script>"})

    assert response["X-Request-ID"] != "a b<script>"


def test_the_switch_of_language_goes_before_the_browser(client):
    client.post("/language/", {"language": "en", "next": "/"})

    page = client.get("/", headers={"Accept-Language": "ru"}).content.decode()

    assert '<html lang="en"' in page


def test_a_switch_leads_nowhere_else(client):
    response = client.post("/theme/", {"theme": "dark", "next": "https://evil.example/"})

    assert response["Location"] == "/"
    assert response.cookies["theme"].value == "dark"


def test_signing_out_empties_the_browsers_cache_and_leaves_its_storage(client_of, anna):
    response = client_of(anna).post("/accounts/logout/")

    assert response["Clear-Site-Data"] == '"cache"'


def test_the_schedule_can_be_run_by_hand_any_number_of_times(capsys):
    call_command("run_scheduled")
    call_command("run_scheduled")

    assert "put versions in force: done" in capsys.readouterr().out


def test_a_house_that_is_no_demo_offers_no_login_by_one_click(client, anna):
    assert client.post("/accounts/demo/", {"login": "anna"}).status_code == 404
    assert "demo/" not in client.get("/accounts/login/").content.decode()
