"""One at a time, over all machines: a lease kept in the cluster itself, so that it is lost with what it guards."""

import time
import uuid
from typing import Any

from elasticsearch import ConflictError, Elasticsearch, NotFoundError


class Lease:
    """The right to do ``what`` for ``seconds``, unless renewed. Whoever dies with it holds the others up that long."""

    def __init__(self, client: Elasticsearch, index: str, what: str, seconds: float) -> None:
        self._client = client
        self._index = index
        self._what = what
        self._seconds = seconds
        self._holder = uuid.uuid4().hex
        self._renewed = 0.0

    def acquire(self) -> bool:
        """Take the lease if it is free or has run out."""
        try:
            held = self._client.get(index=self._index, id=self._what).body
        except NotFoundError:
            self._client.options(ignore_status=400).indices.create(
                index=self._index, settings={"number_of_shards": 1, "auto_expand_replicas": "0-1"}
            )
            return self._write(op_type="create")
        free = held["_source"]["holder"] in ("", self._holder)
        if not free and held["_source"]["until"] > time.time():
            return False
        return self._write(if_seq_no=held["_seq_no"], if_primary_term=held["_primary_term"])

    def renew(self) -> bool:
        """Hold it for longer; cheap to call often. False if somebody else has taken it meanwhile."""
        if time.monotonic() - self._renewed < self._seconds / 4:
            return True
        return self.acquire()

    def release(self) -> None:
        """Give it back."""
        if self.acquire():
            self._write(holder="", until=0.0)

    def _write(
        self, *, holder: str | None = None, until: float | None = None, **condition: Any
    ) -> bool:
        told = {
            "holder": self._holder if holder is None else holder,
            "until": time.time() + self._seconds if until is None else until,
        }
        try:
            self._client.index(index=self._index, id=self._what, document=told, **condition)
        except ConflictError:
            return False
        self._renewed = time.monotonic()
        return True
