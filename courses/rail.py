"""The rail's entries of this app: one's own plan, the practice of those one signs for, who learns, sessions."""

from django.utils.translation import gettext_lazy as _

from common.navigation import Entry
from courses.permissions import FOLLOWS_LEARNING, SIGNS_PRACTICE
from courses.selectors.practice import asked_count

ENTRIES = (
    Entry(
        name="plan",
        path="/plan/",
        label=_("Learning"),
        icon="learning",
        order=40,
        letter="l",
        shown_to=lambda viewer: viewer.employee_id is not None,
    ),
    Entry(
        name="practice",
        path="/practice/",
        label=_("Practice"),
        icon="practice",
        order=55,
        letter="p",
        on_phone=True,
        shown_to=SIGNS_PRACTICE.admits,
        count=asked_count,
    ),
    Entry(
        name="learners",
        path="/learners/",
        label=_("Learners"),
        icon="team",
        order=57,
        letter="o",
        shown_to=FOLLOWS_LEARNING.admits,
    ),
    Entry(
        name="theory_sessions",
        path="/theory/",
        label=_("Sessions"),
        icon="calendar",
        order=58,
        letter="s",
        shown_to=FOLLOWS_LEARNING.admits,
    ),
)
