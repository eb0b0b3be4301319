"""The cluster engine: a versioned index behind an alias, fed by whichever machine's keeper is first.

The words of the index (what is known, near, begun) come from the local index of the machine that asks: it is kept on
every machine as the fallback, and asking it costs no way through the network.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime

from elastic_transport import SerializationError, TransportError
from elasticsearch import ApiError, NotFoundError
from elasticsearch.dsl import Q, Search
from elasticsearch.dsl.query import Query

from search import analysis
from search.audience import STRANGER
from search.engines import entries
from search.engines.base import (
    Document,
    Engine,
    EngineTrouble,
    Entry,
    IndexUnavailable,
    Position,
    RebuildRunning,
    Scope,
    Session,
    Source,
)
from search.engines.cluster import bare_words, mapping
from search.engines.cluster.connection import Address, connect
from search.engines.cluster.generations import Generations
from search.engines.cluster.lease import Lease
from search.engines.cluster.reader import Reader
from search.engines.cluster.session import ClusterSession
from search.engines.cluster.writer import Writer
from search.engines.generation import TitleCache
from search.understanding import understand

PROBE = "как настроить переадресацию на мобильный"

BATCH = 200
"""Articles after which a rebuild has surely got so far."""

AT_ONCE = 2_000
"""Entries read of the index in one go."""

ANSWERED = 2.0
"""Seconds within which a cluster that is well says where it stands."""

FOLLOWER_SILENT = 10.0
"""Seconds after which somebody else feeds the cluster if the machine that did has died over it."""

BUILDER_SILENT = 30.0
"""Seconds after which somebody else goes on with a rebuild whose machine has died."""


class ClusterEngine:
    """An ``Engine`` on a cluster; ``words`` is the local one."""

    name = "cluster"

    def __init__(self, address: Address, words: Engine) -> None:
        self.address = address
        self.client = connect(address)
        self._words = words
        self._titles = TitleCache()
        made_by = f"{address.prefix}-{entries.FORMAT}-{analysis.VERSION}"
        self._generations = Generations(self.client, alias=made_by, prefix=address.prefix)
        self._reader = Reader(self.client, made_by)
        self._alias = made_by

    # Reading

    def session(self, scope: Scope) -> ClusterSession:
        """A view for one query; the cluster is asked when candidates are."""
        try:
            local: Session | None = self._words.session(scope)
        except IndexUnavailable:
            local = None
        vocabulary, weight_of = bare_words.words_of(local)
        return ClusterSession(self._reader, self._titles, scope, vocabulary, weight_of)

    def probe(self, seconds: float) -> float:
        """Ask something like what readers ask; how many seconds it took. Raises ``EngineTrouble``."""
        started = time.monotonic()
        words = bare_words.BareWords()
        scope = Scope(STRANGER, datetime.now(UTC), deadline=started + seconds)
        session = ClusterSession(self._reader, self._titles, scope, words, bare_words.alike)
        session.candidates(understand(PROBE, words))
        return time.monotonic() - started

    def position(self) -> Position:
        """Up to which change the index is true."""
        with _troubles():
            # Health checks ask this too: a server that hangs must not hold them up, one that is down is passed by.
            client = self.client.options(request_timeout=ANSWERED, retry_on_timeout=False)
            told = client.get(index=self._alias, id=mapping.POSITION)["_source"]
            return Position(told["epoch"], int(told["seq"]))

    def inventory(self) -> Iterator[tuple[int, Entry]]:
        """Every article with version, audiences and dates, read from the index itself."""
        for fields in self._articles(Q("match_all")):
            yield (
                int(fields["article"][0]),
                Entry(
                    version=fields["version"][0],
                    audiences=tuple(filter(None, fields["audiences"][0].split(";"))),
                    valid_from=entries.moment(fields["valid_from"][0]),
                    valid_until=entries.moment(fields["valid_until"][0]),
                ),
            )

    def expired(self, at: datetime) -> list[int]:
        """Articles whose time ran out by ``at``."""
        over = Q("term", dated="1") & Q("range", valid_until={"lte": int(at.timestamp())})
        return [int(fields["article"][0]) for fields in self._articles(over)]

    def _articles(self, narrowed: Query) -> Iterator[dict]:
        """The facts of all articles that match, in the order of their numbers."""
        search = (
            Search()
            .query(Q("bool", filter=[Q("term", road="articles"), narrowed]))
            .source(False)
            .sort("article")
            .extra(
                size=AT_ONCE,
                docvalue_fields=["article", "version", "audiences", "valid_from", "valid_until"],
            )
        )
        body, after = search.to_dict(), None
        while True:
            with _troubles():
                page = {**body, "search_after": after} if after else body
                hits = self.client.search(index=self._alias, body=page)["hits"]["hits"]
            yield from (hit["fields"] for hit in hits)
            if len(hits) < AT_ONCE:
                return
            after = hits[-1]["sort"]

    # Writing

    @contextmanager
    def turn(self) -> Iterator[bool]:
        """Be the machine that feeds the cluster, by a lease."""
        lease = self._lease("follow", FOLLOWER_SILENT)
        with _troubles():
            ours = lease.acquire()
        try:
            yield ours
        finally:
            if ours:
                with _troubles():
                    lease.release()

    def apply(
        self, *, documents: Sequence[Document], removed: Iterable[int], position: Position
    ) -> None:
        """Change the index in place; the position is written last, so a repeat mends a crash."""
        with _troubles():
            writer = Writer(self.client, self._generations.present())
            gone = set(removed) - {document.article for document in documents}
            writer.replace(list(documents), gone, position.seq)
            writer.show()
            writer.note(position)

    def rebuild(
        self,
        documents: Source,
        *,
        position: Position,
        on_progress: Callable[[int], None] | None = None,
    ) -> int:
        """Fill a new index and point the alias to it; goes on with one that was left unfinished today."""
        with _troubles():
            lease = self._lease("rebuild", BUILDER_SILENT)
            if not lease.acquire():
                raise RebuildRunning("the index of the cluster is being rebuilt already")
            try:
                name, position = self._generations.begin(position)
                writer = Writer(self.client, name)
                number = self._fill(name, writer, documents, position, lease, on_progress)
                writer.note(position)
                self._generations.finish(name)
                return number
            finally:
                lease.release()

    def _fill(
        self,
        name: str,
        writer: Writer,
        documents: Source,
        position: Position,
        lease: Lease,
        on_progress: Callable[[int], None] | None,
    ) -> int:
        number, after = self._generations.progress(name, overlap=BATCH)
        for batch in _batches(documents(after), BATCH):
            writer.put(batch, position.seq)
            if not lease.renew():
                raise RebuildRunning("another machine has gone on with this rebuild")
            number += len(batch)
            if on_progress:
                on_progress(number)
        writer.show()
        return number

    def _lease(self, what: str, seconds: float) -> Lease:
        return Lease(self.client, f"{self.address.prefix}-leases", what, seconds)

    def forget(self) -> None:
        """Delete everything this site keeps in the cluster: for tests and for leaving."""
        with _troubles():
            self._generations.remove_all()
            self.client.indices.delete(
                index=f"{self.address.prefix}-leases", ignore_unavailable=True
            )


def _batches(documents: Iterable[Document], size: int) -> Iterator[list[Document]]:
    batch: list[Document] = []
    for document in documents:
        batch.append(document)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


@contextmanager
def _troubles() -> Iterator[None]:
    """Everything that can go wrong with a cluster under the two names the contract has for it."""
    try:
        yield
    except NotFoundError as missing:
        raise IndexUnavailable("the cluster has no index yet") from missing
    except (ApiError, TransportError, SerializationError) as error:
        raise EngineTrouble(f"the cluster failed: {error}") from error
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise EngineTrouble(f"the cluster talks nonsense: {type(error).__name__}") from error
