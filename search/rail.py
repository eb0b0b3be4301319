"""The rail's entry of this app: the questions of the week, for whoever decides what is written."""

from django.utils.translation import gettext_lazy as _

from common.navigation import Entry
from search.permissions import ACCESS

ENTRIES = (
    Entry(
        name="search_week",
        path="/search/week/",
        label=_("Questions"),
        icon="search",
        order=64,
        shown_to=ACCESS["search_week"].admits,
    ),
)
