"""Whatever the cluster does, readers get an answer that is theirs, and the cluster is asked again once it is well."""

import os
import time
import uuid

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from kb.choices import Audience
from people.viewer import ANONYMOUS, EVERYTHING
from search import health, indexing, keeper, services
from search.engines import chosen
from search.engines.base import EngineTrouble
from tests.search.troubled_server import TroubledServer

pytestmark = [pytest.mark.cluster, pytest.mark.django_db]

PATIENCE = 20

TROUBLES = [
    "refuse",
    "hang",
    "500",
    "garbage",
    "not json",
    "another answer",
    "half",
    "cut short",
    "byte after byte",
]


def until(holds) -> bool:
    """Wait until ``holds()``; False if it never does."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.05)
    return False


@pytest.fixture
def server(settings):
    """A cluster behind a server that can be troubled; nothing is left in it."""
    server = TroubledServer(os.environ["OPENSEARCH_URL"])
    settings.SEARCH_ENGINE = "opensearch"
    settings.SEARCH_CLUSTER_URLS = [server.url]
    settings.SEARCH_CLUSTER_PREFIX = f"test{uuid.uuid4().hex[:12]}"
    yield server
    server.turn("well")
    chosen.cluster().forget()
    server.end()


def ask(query: str = "эхо", viewer=EVERYTHING, **options) -> services.Found:
    """One search as a page makes it."""
    return services.find(viewer=viewer, query=query, at=timezone.now(), **options)


def titles(found: services.Found) -> list[str]:
    """The titles in the order of the list."""
    return [result.article.title for result in found.results]


@pytest.fixture
def two_articles(server, write_article):
    """One for everybody and one for staff, in both indexes."""
    write_article("Эхо в трубке", publish=True, audience=Audience.PUBLIC)
    write_article("Эхо на стенде", publish=True, audience=Audience.INTERNAL)
    indexing.catch_up()


@pytest.mark.parametrize("trouble", TROUBLES)
def test_readers_are_answered_by_the_local_index_and_led_back(server, two_articles, trouble):
    # The first answers of a server warm it up.
    assert until(lambda: not ask().simplified)

    server.turn(trouble)

    for _ in range(4):
        found = ask(viewer=ANONYMOUS)
        assert found.simplified
        assert found.available
        assert titles(found) == ["Эхо в трубке"]
    assert chosen.asked().breaker.is_open
    assert sorted(titles(ask())) == ["Эхо в трубке", "Эхо на стенде"]

    server.turn("well")

    assert until(lambda: not ask().simplified)
    assert titles(ask(viewer=ANONYMOUS)) == ["Эхо в трубке"]


def test_the_page_says_that_search_is_simplified(server, two_articles, client, settings):
    settings.LANGUAGE_CODE = "ru"
    server.turn("refuse")

    page = client.get("/search/?q=эхо").content.decode()
    panel = client.get(
        "/search/?q=эхо", headers={"HX-Request": "true", "HX-Target": "search-panel"}
    ).content.decode()

    assert "Упрощённый поиск" in page
    assert "Упрощённый поиск" in panel
    assert "Эхо на стенде" not in page + panel


def test_a_filter_that_only_one_engine_answers_is_answered_by_one(server, two_articles, section):
    server.turn("refuse")

    found = ask(filters=services.Filters(section_id=section.pk))

    assert found.simplified
    assert found.total == 2


def test_while_the_cluster_has_no_index_the_local_one_answers(server, write_article):
    write_article("Эхо", publish=True)
    indexing.follow(chosen.local())

    assert titles(ask()) == ["Эхо"]
    assert not chosen.asked().breaker.is_open


def test_both_indexes_follow_every_change(server, two_articles, write_article):
    article = write_article("Эхо и шум", publish=True)
    assert indexing.catch_up() == 2
    assert titles(ask("шум")) == ["Эхо и шум"]

    article.unpublish()
    indexing.catch_up()

    assert titles(ask("шум")) == []
    for index in chosen.kept():
        assert list(indexing.differences(index)) == []


def test_the_local_index_follows_while_the_cluster_is_away_and_the_cluster_catches_up(
    server, two_articles, write_article
):
    server.turn("refuse")
    write_article("Шум", publish=True)

    with pytest.raises(EngineTrouble):
        indexing.catch_up()
    assert titles(ask("шум")) == ["Шум"]
    assert "away" in " ".join(health.notes())

    server.turn("well")
    indexing.catch_up()

    assert list(indexing.differences(chosen.cluster())) == []
    assert health.notes() == []


def test_check_search_mends_both(server, two_articles, capsys):
    cluster = chosen.cluster()
    article = next(iter(dict(cluster.inventory())))
    cluster.apply(documents=[], removed=[article], position=cluster.position())
    with pytest.raises(CommandError, match="1 differences"):
        call_command("check_search")
    assert f"cluster: article {article} is missing" in capsys.readouterr().out

    call_command("check_search", "--fix")

    assert list(indexing.differences(cluster)) == []


def test_commands_say_in_one_sentence_that_the_cluster_is_away(server, two_articles, tmp_path):
    queries = tmp_path / "queries.jsonl"
    queries.write_text('{"cls": "title", "q": "эхо", "rel": ["a"]}\n')
    server.turn("refuse")

    for command in (
        ["check_search"],
        ["rebuild_search", "--engine", "cluster"],
        ["evaluate_search", str(queries)],
    ):
        with pytest.raises(CommandError, match="cluster"):
            call_command(*command)


def test_ready_with_a_note_while_the_cluster_is_away(server, two_articles, client):
    server.turn("500")

    response = client.get("/readyz")

    assert response.status_code == 200
    assert "cluster" in response.json()["notes"][0]


@pytest.mark.django_db(transaction=True)
def test_keepers_bring_a_change_into_both_by_themselves(server, root_section, write_article):
    keepers = keeper.Keepers()
    keepers.start()
    try:
        write_article("Эхо", publish=True)
        for index in chosen.kept():
            assert until(lambda index=index: holds(index, "Эхо"))
    finally:
        keepers.stop()


def holds(index, title: str) -> bool:
    """Whether ``index`` has found its way to an article and answers with it."""
    try:
        at = timezone.now()
        scope = services.Scope(services.EVERYTHING, at)
        _, candidates = services.ranked(scope, title, by=index)
    except (EngineTrouble, services.IndexUnavailable):
        return False
    return len(candidates) == 1
