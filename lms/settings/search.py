"""Finding: the local index every machine has, and the cluster some sites ask instead."""

import re
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from lms.settings.env import env_choice, env_directory, env_list, env_text
from lms.settings.profile import OPORA_VAR

SEARCH_INDEX_DIR = env_directory("SEARCH_INDEX_DIR", OPORA_VAR / "search")

SEARCH_ENGINE = env_choice("SEARCH_ENGINE", "embedded", ("embedded", "elasticsearch", "opensearch"))
SEARCH_CLUSTER_URLS = env_list("SEARCH_CLUSTER_URL", [])
SEARCH_CLUSTER_PREFIX = env_text("SEARCH_CLUSTER_PREFIX", "opora")
SEARCH_CLUSTER_API_KEY = env_text("SEARCH_CLUSTER_API_KEY")
SEARCH_CLUSTER_CA = env_text("SEARCH_CLUSTER_CA")

if SEARCH_ENGINE == "embedded" and SEARCH_CLUSTER_URLS:
    raise ImproperlyConfigured(
        "SEARCH_CLUSTER_URL is set, but SEARCH_ENGINE is not: write elasticsearch or opensearch."
    )
if SEARCH_ENGINE != "embedded":
    if not SEARCH_CLUSTER_URLS:
        raise ImproperlyConfigured(
            f"SEARCH_ENGINE={SEARCH_ENGINE} needs the servers' addresses in SEARCH_CLUSTER_URL."
        )
    for _url in SEARCH_CLUSTER_URLS:
        if not re.fullmatch(r"https?://([^/\s@]+@)?(\[[0-9a-fA-F:]+\]|[\w.-]+):\d{1,5}/?", _url):
            raise ImproperlyConfigured(
                "SEARCH_CLUSTER_URL must list addresses like https://search-1:9200, by comma."
            )
    if not re.fullmatch(r"[a-z][a-z0-9]{0,39}", SEARCH_CLUSTER_PREFIX):
        raise ImproperlyConfigured(
            f"SEARCH_CLUSTER_PREFIX={SEARCH_CLUSTER_PREFIX!r} may have small Latin letters and digits only."
        )
    if SEARCH_CLUSTER_CA and not Path(SEARCH_CLUSTER_CA).is_file():
        raise ImproperlyConfigured(f"SEARCH_CLUSTER_CA={SEARCH_CLUSTER_CA} is not a file.")
