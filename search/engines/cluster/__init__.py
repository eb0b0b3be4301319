"""The engine for clusters: Elasticsearch or OpenSearch through ``elasticsearch.dsl``."""
