"""The banner of an outage: for whoever asks about it, may know of it, and while it lasts."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from kb.choices import Audience
from kb.models import Incident
from search import indexing

pytestmark = pytest.mark.django_db
HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def ask(client, write_article):
    """The page of results as whoever is signed in gets it."""
    write_article("Эхо", publish=True)
    indexing.catch_up()

    def _ask(query: str, who=None) -> str:
        return (who or client).get("/search/", {"q": query}).content.decode()

    return _ask


@pytest.fixture
def down(now):
    """Something is down since an hour ago."""

    def _down(**fields) -> Incident:
        fields = {
            "line": "Входящая связь, Казань",
            "words": "входящие звонки\nказань",
            "starts_at": now - HOUR,
        } | fields
        return Incident.objects.create(**fields)

    return _down


def test_who_asks_in_any_word_form_is_told_since_when_and_until_when(ask, down, anna, client_of):
    down(promised_at=timezone.now() + HOUR, say="Чиним, подождите час")

    page = ask("не проходит входящий звонок", client_of(anna))

    assert "Входящая связь, Казань" in page
    assert "Чиним, подождите час" in page
    assert "Входящая связь" in ask("что с Казанью")


def test_who_asks_about_something_else_is_not(ask, down, anna, client_of):
    down()

    assert "Входящая связь" not in ask("эхо звонка", client_of(anna))


def test_before_it_began_and_after_it_is_over_there_is_no_banner(ask, down, anna, client_of, now):
    down(starts_at=now + HOUR)
    down(starts_at=now - 2 * HOUR, ended_at=now - HOUR)

    assert "Входящая связь" not in ask("казань", client_of(anna))


def test_customers_are_told_of_public_outages_only_and_not_what_staff_should_say(ask, down):
    down(say="Секретная фраза")
    assert "Входящая связь" not in ask("казань")

    Incident.objects.update(audience=Audience.PUBLIC)
    page = ask("казань")
    assert "Входящая связь" in page
    assert "Секретная фраза" not in page


def test_an_outage_for_chosen_teams_is_told_to_them(
    ask, down, anna, hire, line_one, line_two, client_of
):
    incident = down(audience=Audience.TEAMS)
    incident.teams.add(line_two)

    assert "Входящая связь" not in ask("казань", client_of(anna))
    incident.teams.add(line_one)
    assert "Входящая связь" in ask("казань", client_of(anna))


def test_the_article_is_linked_for_who_may_read_it(ask, down, write_article):
    article = write_article("Авария в Казани", publish=True)
    down(audience=Audience.PUBLIC, article=article)

    assert (
        article.slug
        not in ask("казань").split("</main>")[0].split("banner--outage")[1].split("</div>")[0]
    )


def test_an_outage_cannot_be_over_before_it_began(down, now):
    incident = Incident(line="Эхо", starts_at=now, ended_at=now - HOUR)

    with pytest.raises(ValidationError):
        incident.full_clean()
