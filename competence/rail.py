"""The rail's entries of this app: one's own record for everybody who works here, the matrix for those who lead."""

from django.utils.translation import gettext_lazy as _

from common.navigation import Entry
from competence.permissions import SEES_MATRIX

ENTRIES = (
    Entry(
        name="record",
        path="/record/",
        label=_("Record"),
        icon="record",
        order=50,
        letter="r",
        shown_to=lambda viewer: viewer.employee_id is not None,
    ),
    Entry(
        name="matrix",
        path="/matrix/",
        label=_("Matrix"),
        icon="matrix",
        order=60,
        letter="m",
        on_phone=True,
        shown_to=SEES_MATRIX.admits,
    ),
)
