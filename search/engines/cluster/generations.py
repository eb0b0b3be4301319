"""The indexes of a site in the cluster: one in use behind the alias, perhaps one being filled, and old ones to remove.

The alias carries the format of the entries and the version of the analysis: while a new release rebuilds, processes of
the old one go on with their own.
"""

import re
import time
import uuid

from elasticsearch import Elasticsearch
from elasticsearch.dsl import Q, Search

from search.engines.base import IndexUnavailable, Position
from search.engines.cluster import mapping

RESUMED_WITHIN = 24 * 3600
"""A rebuild left unfinished for longer is begun anew; the changes since its position are kept for many days."""

MERGING = 600.0
"""Seconds that bringing a new index into few pieces may take."""


class Generations:
    """Which index is in use, and how another takes its place."""

    def __init__(self, client: Elasticsearch, *, alias: str, prefix: str) -> None:
        self._client = client
        self._alias = alias
        self._ours = re.compile(re.escape(prefix) + r"-\d+-\d+-[0-9a-f]{12}")
        self._pattern = f"{prefix}-*"

    def present(self) -> str:
        """The index in use. Raises ``IndexUnavailable``."""
        names = self._behind_alias()
        if not names:
            raise IndexUnavailable("the cluster has no index yet")
        return names[0]

    def begin(self, position: Position) -> tuple[str, Position]:
        """The index to fill and the position it is filled for: one left unfinished, or a new one."""
        unfinished = self._unfinished(position)
        if unfinished:
            return unfinished
        name = f"{self._alias}-{uuid.uuid4().hex[:12]}"
        index = mapping.index(name)
        body = index.to_dict()
        body["mappings"]["_meta"] = {
            "epoch": position.epoch,
            "seq": position.seq,
            "begun": int(time.time()),
        }
        self._client.indices.create(index=name, **body)
        return name, position

    def progress(self, name: str, *, overlap: int) -> tuple[int, int]:
        """How many articles an index being filled has for certain, and after which one to go on.

        The last ``overlap`` are done again: whoever was killed may have sent half of them.
        """
        self._client.indices.refresh(index=name)
        search = Search().query(Q("bool", filter=[Q("term", road="articles")]))
        search = search.source(False).sort("-article")
        search = search.extra(
            size=1, from_=overlap, docvalue_fields=["article"], track_total_hits=True
        )
        answer = self._client.search(index=name, body=search.to_dict())["hits"]
        if not answer["hits"]:
            return 0, 0
        total = int(answer["total"]["value"])
        return total - overlap, int(answer["hits"][0]["fields"]["article"][0])

    def finish(self, name: str) -> None:
        """Put ``name`` behind the alias, in one step, and remove what it replaces."""
        self._client.options(request_timeout=MERGING).indices.forcemerge(
            index=name, max_num_segments=1
        )
        self._client.indices.refresh(index=name)
        actions = [{"remove": {"index": old, "alias": self._alias}} for old in self._behind_alias()]
        actions.append({"add": {"index": name, "alias": self._alias}})
        self._client.indices.update_aliases(actions=actions)
        self._remove(other for other in self._all() if other != name)

    def remove_all(self) -> None:
        """Delete every index of this site."""
        self._remove(self._all())

    def _unfinished(self, position: Position) -> tuple[str, Position] | None:
        used = self._behind_alias()
        for name, told in self._all().items():
            begun = told.get("begun", 0)
            if (
                name not in used
                and name.startswith(f"{self._alias}-")
                and told.get("epoch") == position.epoch
                and told.get("seq", 0) <= position.seq
                and time.time() - begun < RESUMED_WITHIN
            ):
                return name, Position(told["epoch"], told["seq"])
        return None

    def _behind_alias(self) -> list[str]:
        found = self._client.options(ignore_status=404).indices.get_alias(name=self._alias)
        return sorted(name for name in found.body if self._ours.fullmatch(name))

    def _all(self) -> dict[str, dict]:
        found = self._client.indices.get_mapping(index=self._pattern, allow_no_indices=True)
        return {
            name: told["mappings"].get("_meta", {})
            for name, told in found.body.items()
            if self._ours.fullmatch(name)
        }

    def _remove(self, names) -> None:
        for name in sorted(names):
            self._client.indices.delete(index=name, ignore_unavailable=True)
