"""Writing into an index of the cluster: versions decide, what was refused for the moment is sent again."""

from collections.abc import Iterable, Iterator
from typing import Any

from elasticsearch import Elasticsearch, helpers

from search.engines.base import Document, EngineTrouble, Position
from search.engines.cluster import mapping

IN_ONE_REQUEST = 500
BYTES_IN_ONE_REQUEST = 8 * 2**20
FOR_THE_MOMENT = (429, 500, 502, 503, 504)
"""Refusals of single entries that another attempt may not meet."""

ATTEMPTS = 5
FIRST_PAUSE, LONGEST_PAUSE = 0.2, 5.0

SETTLED = {"delete": {404, 409}, "index": {409}}
"""Gone already, or a newer version is there: what was wanted holds."""


class Writer:
    """Puts entries into one index under the number of the change they stem from.

    An entry with a higher number is never overwritten by one with a lower, so a slow writer does no harm and the same
    work done twice, or by two machines, ends alike.
    """

    def __init__(self, client: Elasticsearch, index: str) -> None:
        self._client = client
        self._index = index

    def put(self, documents: Iterable[Document], version: int) -> None:
        """Store every entry of ``documents``; visible after ``show``. Raises ``EngineTrouble``."""
        self._send(
            {"_op_type": "index", "_id": name, "_source": entry, **_external(version)}
            for document in documents
            for name, entry in mapping.stored(document)
        )

    def replace(self, documents: list[Document], gone: set[int], version: int) -> None:
        """Put ``documents`` in the place of what is held of them, and take out ``gone``. Raises ``EngineTrouble``."""
        held = self._passages_held(gone | {document.article for document in documents})
        self._send(self._changes(documents, gone, held, version))

    def show(self) -> None:
        """Make everything sent so far visible, at once."""
        self._client.indices.refresh(index=self._index)

    def note(self, position: Position) -> None:
        """Write down up to which change the index is true; never backwards."""
        self._send(
            [
                {
                    "_op_type": "index",
                    "_id": mapping.POSITION,
                    "_source": mapping.stored_position(position),
                    **_external(position.seq),
                }
            ]
        )

    def _changes(
        self, documents: list[Document], gone: set[int], held: dict[int, int], version: int
    ) -> Iterator[dict[str, Any]]:
        for document in documents:
            stored = dict(mapping.stored(document))
            for name, entry in stored.items():
                yield {"_op_type": "index", "_id": name, "_source": entry, **_external(version)}
            for ordinal in range(len(stored) - 1, held.get(document.article, 0)):
                yield _removal(mapping.passage_id(document.article, ordinal), version)
        for article in sorted(gone & held.keys()):
            yield _removal(mapping.article_id(article), version)
            for ordinal in range(held[article]):
                yield _removal(mapping.passage_id(article, ordinal), version)

    def _passages_held(self, articles: set[int]) -> dict[int, int]:
        """How many passages the index has of each article it holds, seen or not yet shown."""
        if not articles:
            return {}
        found = self._client.mget(
            index=self._index,
            ids=[mapping.article_id(article) for article in sorted(articles)],
            source_includes=["article", "passages"],
        )
        return {
            one["_source"]["article"]: one["_source"]["passages"]
            for one in found["docs"]
            if one.get("found")
        }

    def _send(self, actions: Iterable[dict[str, Any]]) -> None:
        answers = helpers.streaming_bulk(
            self._client,
            actions,
            index=self._index,
            chunk_size=IN_ONE_REQUEST,
            max_chunk_bytes=BYTES_IN_ONE_REQUEST,
            raise_on_error=False,
            max_retries=ATTEMPTS,
            initial_backoff=FIRST_PAUSE,
            max_backoff=LONGEST_PAUSE,
            retry_on_status=FOR_THE_MOMENT,
        )
        for done, answer in answers:
            ((operation, told),) = answer.items()
            if not done and told.get("status") not in SETTLED.get(operation, ()):
                raise EngineTrouble(f"the cluster refused {told.get('_id')}: {told.get('error')}")


def _external(version: int) -> dict[str, Any]:
    return {"version": version, "version_type": "external_gte"}


def _removal(name: str, version: int) -> dict[str, Any]:
    return {"_op_type": "delete", "_id": name, **_external(version)}
