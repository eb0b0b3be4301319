"""What is said of answers to readers that are overdue: once a day, to who owes them and to who leads those."""

import datetime
from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kb.late_answers import late_for
from kb.notices.feedback import FEEDBACK, LINE
from notifications.extensions import Rendered
from people.viewer import Viewer


class FeedbackLate:
    """To whoever owes readers an answer, and to who leads them, as long as it is owed that day."""

    name = "kb.feedback_late"
    group = FEEDBACK

    def render(
        self, params: Sequence[dict[str, Any]], *, viewer: Viewer, at: datetime.datetime
    ) -> list[Rendered | None]:
        """Nothing of a day that is over, nor once everything is answered. Four queries."""
        today = at.astimezone(viewer.tz).date().isoformat()
        if not any(item["day"] == today for item in params):
            return [None] * len(params)
        said = self._said(viewer, at)
        return [said if item["day"] == today else None for item in params]

    def _said(self, viewer: Viewer, at: datetime.datetime) -> Rendered | None:
        late = late_for(viewer, at)
        if not late:
            return None
        owed = Counter(
            _("you")
            if one.owner_id == viewer.employee_id
            else one.owner.full_name
            if one.owner
            else _("nobody yet")
            for one in late
        )
        names = "; ".join(f"{name}: {number}" for name, number in owed.most_common())
        words = ngettext(
            "%(n)s answer to readers is overdue", "%(n)s answers to readers are overdue", len(late)
        )
        return Rendered(
            title=words % {"n": len(late)},
            line=Truncator(_("Whose: %(names)s") % {"names": names}).chars(LINE),
            url=reverse("feedback_queue"),
            why=_("To you: you answer readers, or lead those who do"),
            subject=_("Answers to readers are overdue"),
        )


FEEDBACK_LATE = FeedbackLate()
