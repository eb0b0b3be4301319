"""What only an engine for clusters promises: versions, several machines, rebuilds that go on, nothing left behind."""

import os
import re

import pytest

from search.audience import EVERYTHING
from search.engines.base import EngineTrouble, IndexUnavailable, Position, Scope
from search.engines.cluster.connection import Address, connect
from search.engines.cluster.engine import BATCH, ClusterEngine
from search.engines.cluster.lease import Lease
from search.engines.cluster.writer import Writer
from search.understanding import understand
from tests.search.contract.documents import NOON, START, ask, change, document, rebuild

pytestmark = pytest.mark.cluster


@pytest.fixture
def another_machine(cluster, tmp_path):
    """The same cluster from a machine whose own index was never built."""
    from search.engines.embedded import EmbeddedEngine

    return ClusterEngine(cluster.address, EmbeddedEngine(tmp_path / "empty"))


def test_a_slow_writer_does_not_bring_back_what_is_newer(cluster):
    rebuild(cluster, document(1, "Эхо", "кодек"))
    change(cluster, document(1, "Эхо", "громкость", version="1-3"), seq=3)

    change(cluster, document(1, "Эхо", "кодек", version="1-2"), removed=[1], seq=2)

    assert dict(cluster.inventory())[1].version == "1-3"
    assert cluster.position() == Position("database", 3)


def test_a_slow_writer_does_not_bring_back_what_is_gone(cluster, another_machine):
    rebuild(cluster, document(1, "Эхо"), document(2, "Шум"))
    change(cluster, removed=[1], seq=3)

    change(another_machine, document(1, "Эхо"), seq=2)

    assert list(dict(cluster.inventory())) == [2]


def test_a_machine_without_an_index_of_its_own_asks_the_cluster_all_the_same(
    cluster, another_machine
):
    rebuild(cluster, document(1, "Сброс настроек телефона"))

    assert ask(another_machine, "настройка телефонов") == [1]
    assert ask(another_machine, "нсатройка") == []


def test_a_rebuild_goes_on_where_another_was_killed(cluster):
    documents = [document(number, f"Эхо {number}") for number in range(1, 2 * BATCH + 51)]
    asked_after = []

    def dying(after: int):
        yield from documents[: 2 * BATCH + 10]
        raise RuntimeError("killed")

    def living(after: int):
        asked_after.append(after)
        return (one for one in documents if one.article > after)

    with pytest.raises(RuntimeError):
        cluster.rebuild(dying, position=Position("database", 4))
    with pytest.raises(IndexUnavailable):
        cluster.position()
    assert cluster.rebuild(living, position=Position("database", 9)) == len(documents)

    assert asked_after == [BATCH]
    # Changes after the first position were not seen by the part that was there already.
    assert cluster.position() == Position("database", 4)
    assert len(dict(cluster.inventory())) == len(documents)
    assert len(indexes_of(cluster)) == 1


def indexes_of(cluster) -> list[str]:
    """The names of the indexes a site has in the cluster, without that of its leases."""
    found = cluster.client.indices.get(index=f"{cluster.address.prefix}-*").body
    return [name for name in found if not name.endswith("-leases")]


def test_a_rebuild_of_another_database_is_begun_anew(cluster):
    def dying(after: int):
        yield document(1, "Эхо")
        raise RuntimeError("killed")

    with pytest.raises(RuntimeError):
        cluster.rebuild(dying, position=Position("restored", 50))

    rebuild(cluster, document(2, "Шум"))

    assert list(dict(cluster.inventory())) == [2]
    assert cluster.position() == START
    assert len(indexes_of(cluster)) == 1


def test_a_lease_is_one_machine_s_until_it_runs_out(cluster):
    first, second = (
        Lease(cluster.client, f"{cluster.address.prefix}-leases", "test", seconds)
        for seconds in (0.0, 60.0)
    )
    assert first.acquire()
    assert second.acquire()
    assert not first.acquire()
    assert second.renew()

    second.release()

    assert first.acquire()


def test_entries_refused_for_the_moment_are_sent_again(cluster):
    refusals = [429, 503]

    class Busy(type(cluster.client.transport.node_pool.get())):
        """Answers some entries of a bulk request with a refusal that another attempt may not meet."""

        def perform_request(self, method, target, body=None, headers=None, **options):
            response = super().perform_request(
                method, target, body=body, headers=headers, **options
            )
            if "_bulk" in target and refusals:
                refused = b'"error":{},"status":%d' % refusals.pop()
                body = re.sub(rb'"status":20\d', refused, response.body, count=1)
                return response._replace(body=body)
            return response

    rebuild(cluster)
    address = Address((os.environ["OPENSEARCH_URL"],), product="opensearch")
    client = connect(address)
    for node in client.transport.node_pool.all():
        node.__class__ = Busy
    name = cluster._generations.present()
    writer = Writer(client, name)

    writer.put([document(1, "Эхо", "кодек")], version=2)
    writer.show()

    assert refusals == []
    assert ask(cluster, "эхо") == [1]


def test_an_entry_refused_for_good_stops_the_change(cluster):
    rebuild(cluster)
    wrong = document(1, "Эхо")
    object.__setattr__(wrong, "language", {"not": "a label"})

    with pytest.raises(EngineTrouble):
        ClusterEngine.apply(
            cluster, documents=[wrong], removed=[], position=Position("database", 2)
        )

    assert cluster.position() == START


def test_the_client_of_elasticsearch_does_not_take_opensearch_for_it(cluster):
    rebuild(cluster, document(1, "Эхо"))
    address = Address(cluster.address.urls, "elasticsearch", cluster.address.prefix)

    with pytest.raises(EngineTrouble, match="not Elasticsearch"):
        ClusterEngine(address, cluster._words).position()


def test_a_query_is_answered_in_one_round_trip_once_titles_are_known(cluster):
    rebuild(cluster, document(1, "Эхо в трубке"), document(2, "Эхо"))
    session = cluster.session(Scope(EVERYTHING, NOON))
    query = understand("эхо в трубке", session.vocabulary)
    session.candidates(query)
    asked = []
    ask_server = cluster._reader._msearch
    cluster._reader._msearch = lambda body, seconds: asked.append(body) or ask_server(body, seconds)

    assert {candidate.article for candidate in session.candidates(query)} == {1, 2}
    assert len(asked) == 1
