"""Engines with nothing in them, one of each kind; what they leave in the cluster is taken out again."""

import os
import uuid

import pytest

from search.engines.cluster.connection import Address
from search.engines.cluster.engine import ClusterEngine
from search.engines.embedded import EmbeddedEngine


class ClusterOfTests(ClusterEngine):
    """The cluster together with the local index its words come from: as a site keeps them, fed alike."""

    def apply(self, *, documents, removed, position) -> None:
        """Change both."""
        removed = list(removed)
        self._words.apply(documents=documents, removed=removed, position=position)
        super().apply(documents=documents, removed=removed, position=position)

    def rebuild(self, documents, *, position, on_progress=None) -> int:
        """Build both, reading the documents once."""
        read = []

        def reading(after: int):
            for document in documents(after):
                read.append(document)
                yield document

        number = super().rebuild(reading, position=position, on_progress=on_progress)
        self._words.rebuild(lambda after: read, position=position)
        return number


@pytest.fixture
def cluster(tmp_path):
    """The engine for clusters, on the real server."""
    url = os.environ["OPENSEARCH_URL"]
    address = Address((url,), product="opensearch", prefix=f"test{uuid.uuid4().hex[:12]}")
    engine = ClusterOfTests(address, EmbeddedEngine(tmp_path / "words"))
    yield engine
    engine.forget()


@pytest.fixture(params=["embedded", pytest.param("cluster", marks=pytest.mark.cluster)])
def engine(request, tmp_path):
    """Each engine in turn."""
    if request.param == "embedded":
        return EmbeddedEngine(tmp_path / "index")
    return request.getfixturevalue("cluster")
