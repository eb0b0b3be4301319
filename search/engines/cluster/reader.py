"""Asking the cluster within a time limit, and trusting nothing that comes back half."""

import time
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from elastic_transport import SerializationError, TransportError
from elasticsearch import ApiError, Elasticsearch, NotFoundError
from elasticsearch.dsl import Search

from search.engines.base import EngineTrouble, IndexUnavailable, NoTimeLeft

PATIENT = 10.0
"""Seconds for those who set no deadline."""

AT_ONCE = 8
"""Requests one process has under way; with more the cluster is not keeping up, and the others need not wait."""


@dataclass(frozen=True, slots=True)
class Hit:
    """What is read of an entry that was found; its title only if it was asked for."""

    score: float
    article: int
    stamp: int
    title: str
    ordinal: int


class Reader:
    """Searches an alias of the cluster. Its limit holds even against a server that sends byte after byte."""

    def __init__(self, client: Elasticsearch, alias: str) -> None:
        several = len(list(client.transport.node_pool.all())) > 1
        self._client = client
        self._alias = alias
        self._tries = 2 if several else 1
        self._pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="search-cluster")

    def ask(self, searches: Sequence[Search], deadline: float | None) -> list[list[Hit]]:
        """The hits of each search, in one round trip.

        Raises ``EngineTrouble`` if they are not all there by ``deadline`` (of the monotonic clock), and
        ``IndexUnavailable`` if there is no index.
        """
        seconds = PATIENT if deadline is None else deadline - time.monotonic()
        if seconds <= 0:
            raise NoTimeLeft("no time is left to ask the cluster")
        asked: list[dict[str, Any]] = []
        for search in searches:
            asked += [{}, search.to_dict()]
        answer: Future[Any] = self._pool.submit(self._msearch, asked, seconds / self._tries)
        try:
            responses = answer.result(timeout=seconds)["responses"]
            return [_hits_of(response) for response in _all(responses, len(searches))]
        except TimeoutError:
            answer.cancel()
            raise EngineTrouble("the cluster did not answer in time") from None
        except NotFoundError as missing:
            raise IndexUnavailable("the cluster has no index") from missing
        except (ApiError, TransportError, SerializationError) as error:
            raise EngineTrouble(f"the cluster failed: {type(error).__name__}") from error
        except (KeyError, IndexError, TypeError, ValueError, AttributeError) as error:
            raise EngineTrouble(f"the cluster talks nonsense: {type(error).__name__}") from error

    def _msearch(self, asked: list[dict[str, Any]], seconds: float) -> Any:
        client = self._client.options(
            request_timeout=seconds, max_retries=self._tries - 1, retry_on_timeout=True
        )
        return client.msearch(index=self._alias, searches=asked).body


def _all(responses: list[Any], expected: int) -> list[Any]:
    if len(responses) != expected:
        raise ValueError(len(responses))
    return responses


def _hits_of(response: dict[str, Any]) -> list[Hit]:
    """The hits of one search; half an answer is none."""
    if response.get("status") == 404:
        raise IndexUnavailable("the cluster has no index")
    if "error" in response or response["timed_out"] or response["_shards"]["failed"]:
        raise EngineTrouble("the cluster answered in part")
    return [_hit(hit["_score"], hit["fields"]) for hit in response["hits"]["hits"]]


def _hit(score: float | None, fields: dict[str, list[Any]]) -> Hit:
    return Hit(
        score=float(score or 0.0),
        article=int(fields["article"][0]),
        stamp=int(fields["stamp"][0]),
        title=str(fields.get("title_text", ("",))[0]),
        ordinal=int(fields.get("ordinal", (0,))[0]),
    )
