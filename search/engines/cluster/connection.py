"""The way to a cluster: which servers, with which credentials, and what makes OpenSearch answer this client."""

import dataclasses
from dataclasses import dataclass
from typing import Any, Literal

from elastic_transport import BaseNode, Urllib3HttpNode
from elasticsearch import Elasticsearch

Product = Literal["elasticsearch", "opensearch"]

CONNECTIONS = 8
"""Connections a process keeps to each server."""

FORGIVEN = 5.0
"""Seconds after which a server that failed is tried again at the latest."""

WRITING = 60.0
"""Seconds a change may take."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where the cluster is. ``prefix`` begins the names of its indexes: several sites may share a cluster."""

    urls: tuple[str, ...]
    product: Product = "elasticsearch"
    prefix: str = "opora"
    api_key: str = ""
    ca_certs: str = ""


class OpenSearchNode(Urllib3HttpNode):
    """Speaks plain JSON and vouches for the product: the two things the client asks of Elasticsearch alone."""

    def perform_request(
        self,
        method: str,
        target: str,
        body: bytes | None = None,
        headers: Any = None,
        **options: Any,
    ) -> Any:
        """Ask in plain media types; answer under the name the client expects."""
        plain = dict(headers or {})
        for name in ("accept", "content-type"):
            if "x-ndjson" in plain.get(name, ""):
                plain[name] = "application/x-ndjson"
            elif name in plain:
                plain[name] = "application/json"
        response = super().perform_request(method, target, body=body, headers=plain, **options)
        named = response.meta.headers.copy()
        named["x-elastic-product"] = "Elasticsearch"
        return response._replace(meta=dataclasses.replace(response.meta, headers=named))


def connect(address: Address) -> Elasticsearch:
    """A client for ``address``; nothing is asked of the servers yet."""
    node_class: type[BaseNode] = (
        OpenSearchNode if address.product == "opensearch" else Urllib3HttpNode
    )
    options: dict[str, Any] = {"api_key": address.api_key} if address.api_key else {}
    if address.ca_certs:
        options["ca_certs"] = address.ca_certs
    return Elasticsearch(
        list(address.urls),
        node_class=node_class,
        connections_per_node=CONNECTIONS,
        max_dead_node_backoff=FORGIVEN,
        dead_node_backoff_factor=1.0,
        request_timeout=WRITING,
        max_retries=3,
        retry_on_timeout=True,
        meta_header=False,
        **options,
    )
