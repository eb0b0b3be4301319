"""The rail's entry of this app: the tests of everybody who works here."""

from django.utils.translation import gettext_lazy as _

from certification.permissions import ACCESS
from common.navigation import Entry

ENTRIES = (
    Entry(
        name="tests",
        path="/quiz/",
        label=_("Tests"),
        icon="question",
        order=45,
        letter="t",
        shown_to=lambda viewer: viewer.employee_id is not None,
    ),
    Entry(
        name="campaigns",
        path="/campaigns/",
        label=_("Recertification"),
        icon="calendar",
        order=62,
        letter="c",
        shown_to=ACCESS["campaigns"].admits,
    ),
)
