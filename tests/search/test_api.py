"""The API answers with the rights of the person whose key asks, and tells the others nothing, not even why."""

import datetime

import pytest
from django.core.cache import cache
from django.utils import timezone
from wagtail.models import APIToken

from kb.choices import Audience
from kb.models import ArticlePage
from people.services import tokens
from search import indexing
from tests.search.conftest import body

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_counters():
    """Nobody has asked anything yet."""
    cache.clear()


@pytest.fixture
def library(write_article, line_two):
    """One article for everybody with an internal part, one for employees, one for another team."""
    articles = {
        "public": write_article(
            "Роуминг",
            publish=True,
            audience=Audience.PUBLIC,
            body=body(
                ("text", "<p>Включите роуминг.</p>"),
                ("internal", [{"type": "text", "value": "<p>Скидка по просьбе</p>"}]),
            ),
        ),
        "internal": write_article("Роуминг для своих", publish=True),
        "team": write_article("Роуминг второй линии", publish=True),
    }
    ArticlePage.objects.filter(pk=articles["team"].pk).update(audience=Audience.TEAMS)
    articles["team"].audience_teams.create(team=line_two)
    indexing.rebuild()
    return articles


@pytest.fixture
def ask(client):
    """Ask with a key: ``ask("/search?q=эхо", key)``."""

    def _ask(address: str, key: str = ""):
        headers = {"HTTP_AUTHORIZATION": f"Bearer {key}"} if key else {}
        return client.get(f"/api/v1{address}", **headers)

    return _ask


@pytest.fixture
def key(anna) -> str:
    """Anna's key."""
    return tokens.create(by=anna.user, name="Тикеты")[1]


def titles(response) -> list[str]:
    """What was found."""
    assert response.status_code == 200, response.content
    found = response.json()
    return [row["title"] for row in (found["results"] if isinstance(found, dict) else found)]


def test_it_finds_what_its_owner_may_read(library, ask, key):
    response = ask("/search?q=роуминг", key)

    assert sorted(titles(response)) == ["Роуминг", "Роуминг для своих"]
    found = response.json()
    assert found["total"] == 2
    assert found["results"][0]["url"].startswith("http://testserver/kb/")
    assert any(piece["marked"] for piece in found["results"][0]["line"]) or found["understood"]
    assert sum(section["count"] for section in found["sections"]) == 2


def test_it_suggests_while_somebody_types(library, ask, key):
    assert "Роуминг" in titles(ask("/suggest?q=роум", key))


def test_an_article_comes_with_its_internal_part_apart(library, ask, key):
    found = ask(f"/articles/{library['public'].uuid}", key).json()

    assert found["title"] == "Роуминг"
    assert "Включите роуминг" in found["text"]
    assert "Скидка" not in found["text"]
    assert "Скидка" in found["internal_text"]


def test_what_is_not_for_the_owner_is_missing_like_what_never_was(library, ask, key):
    forbidden = ask(f"/articles/{library['team'].uuid}", key)
    never = ask("/articles/00000000-0000-4000-8000-000000000000", key)

    assert (forbidden.status_code, forbidden.content) == (never.status_code, never.content)
    assert forbidden.status_code == 404


def test_every_key_that_opens_nothing_is_refused_alike(library, ask, anna, hire):
    made, revoked = tokens.create(by=anna.user, name="a")
    tokens.revoke(token=made, now=timezone.now())
    made, expired = tokens.create(by=anna.user, name="b")
    old = timezone.now() - datetime.timedelta(days=400)
    APIToken.objects.filter(pk=made.pk).update(created=old)
    today = timezone.localdate()
    gone = hire("Пётр Ушедший", "gone", left_on=today - datetime.timedelta(days=1))
    _, of_gone = tokens.create(by=gone.user, name="c")

    answers = [
        ask("/search?q=роуминг", text)
        for text in ("", "x", "wagtail_" + "0" * 33, revoked, expired, of_gone)
    ]

    assert {(a.status_code, a.content, a["WWW-Authenticate"]) for a in answers} == {
        (401, b'{"detail": "Unauthorized"}', "Bearer")
    }


def test_a_session_opens_nothing(library, anna, client_of):
    assert client_of(anna).get("/api/v1/search?q=роуминг").status_code == 401


def test_the_key_speaks_for_its_owner_whoever_is_signed_in(
    library, administrator, client_of, ask, key
):
    client_of(administrator)

    assert "Роуминг второй линии" not in titles(ask("/search?q=роуминг", key))


def test_the_context_of_a_ticket_narrows(library, ask, key):
    assert titles(ask("/search?q=роуминг&audience=public", key)) == ["Роуминг"]
    assert len(titles(ask("/search?q=роуминг&tag=nothing", key))) == 2


def test_too_many_questions_have_to_wait(library, ask, key, monkeypatch):
    from lms.api import per_key

    monkeypatch.setattr(per_key, "num_requests", 3)

    answers = [ask("/suggest?q=роуминг", key).status_code for _ in range(4)]

    assert answers == [200, 200, 200, 429]


@pytest.mark.parametrize(
    "wrong", ["", "?limit=9", "?q=a&limit=0", "?q=a&limit=x", "?q=a&language=xx"]
)
def test_a_question_that_makes_no_sense_is_refused_with_a_reason(library, ask, key, wrong):
    response = ask(f"/search{wrong}", key)

    assert response.status_code == 422
    assert response.json()["detail"]


@pytest.mark.parametrize("query", ["", "%00", "«", "-", "*" * 3000, "a OR b) AND (", "عربي", "🙂"])
def test_bad_input_is_answered(library, ask, key, query):
    assert ask(f"/search?q={query}", key).status_code == 200
    assert ask(f"/suggest?q={query}", key).status_code == 200


def test_the_description_is_for_everybody_and_names_every_door(client):
    described = client.get("/api/v1/openapi.json").json()

    assert set(described["paths"]) == {
        "/api/v1/search",
        "/api/v1/suggest",
        "/api/v1/articles/{article_id}",
    }
    assert all(path["get"]["security"] for path in described["paths"].values())


def test_an_answer_costs_the_same_for_any_number_of_results(
    write_article, ask, key, django_assert_max_num_queries
):
    for number in range(15):
        write_article(f"Роуминг {number}", publish=True, slug=f"r-{number}")
    indexing.catch_up()
    ask("/search?q=роуминг", key)

    with django_assert_max_num_queries(16):
        assert len(titles(ask("/search?q=роуминг&limit=15", key))) == 15
