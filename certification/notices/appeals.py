"""An appeal: that it waits, and what was decided."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from certification.models import Appeal
from certification.notices.results import TESTS
from notifications.extensions import Group, Rendered
from people.viewer import Viewer

APPEALS = Group(key="certification.appeals", label=gettext_lazy("Appeals to decide"))


class Appealed:
    """To those who may decide it, while it waits."""

    name = "certification.appealed"
    group = APPEALS

    def render(
        self, params: Sequence[dict[str, Any]], *, viewer: Viewer, at: datetime.datetime
    ) -> list[Rendered | None]:
        """Nothing once it is decided, or for who may not decide it any more. One query."""
        rows = Appeal.objects.judged_by(viewer).waiting()
        found = rows.select_related("submission__attempt__quiz").in_bulk(
            [item["appeal"] for item in params]
        )
        return [
            self._said(found[item["appeal"]]) if item["appeal"] in found else None
            for item in params
        ]

    def _said(self, row: Appeal) -> Rendered:
        return Rendered(
            title=row.submission.attempt.quiz.name,
            line=_("Somebody appeals against how an answer was judged"),
            url=reverse("appeal_item", args=[row.pk]),
            why=_("To you: you write questions"),
            subject=_("An appeal waits"),
        )


class AppealDecided:
    """To whoever appealed: whether the answer counts, and what that makes of the test."""

    name = "certification.appeal_decided"
    group = TESTS

    def render(
        self, params: Sequence[dict[str, Any]], *, viewer: Viewer, at: datetime.datetime
    ) -> list[Rendered | None]:
        """One query."""
        rows = Appeal.objects.filter(submission__attempt__employee=viewer.employee_id)
        found = rows.select_related("submission__attempt__quiz", "rescoring").in_bulk(
            [item["appeal"] for item in params]
        )
        return [
            self._said(found[item["appeal"]]) if item["appeal"] in found else None
            for item in params
        ]

    def _said(self, row: Appeal) -> Rendered:
        if not row.is_accepted:
            line = _("Question %(n)s, your appeal: refused, and why") % {"n": row.slot}
        elif any(after for _competence, _before, after in row.rescoring.changes):
            line = _("Question %(n)s, your appeal: accepted, and more is passed now") % {
                "n": row.slot
            }
        else:
            line = _("Question %(n)s, your appeal: accepted, the answer counts") % {"n": row.slot}
        return Rendered(
            title=row.submission.attempt.quiz.name,
            line=line,
            url=reverse("attempt", args=[row.submission.attempt_id]) + "#appeals",
            why=_("To you: you appealed"),
            subject=_("Your appeal was decided"),
        )


APPEALED, DECIDED = Appealed(), AppealDecided()
