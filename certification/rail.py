"""The rail's entries of this app: tests of everybody who works here, open answers to assess, recertification."""

from django.utils.translation import gettext_lazy as _

from certification.permissions import ACCESS
from certification.selectors.assessments import waiting_count
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
        name="assessments",
        path="/quiz/assess/",
        label=_("Assessing"),
        icon="edit",
        order=56,
        letter="a",
        shown_to=ACCESS["assessments"].admits,
        count=waiting_count,
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
