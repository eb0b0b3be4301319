"""What certification tells people: a test of theirs was judged anew, and that changed what it says."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.db.models import F, OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from certification.models import Rescoring
from notifications.extensions import Group, Rendered
from people.viewer import Viewer

TESTS = Group(key="certification.tests", label=gettext_lazy("Results of own tests"))


class JudgedAnew:
    """To whoever took the test: it says something else now."""

    name = "certification.judged_anew"
    group = TESTS

    def render(
        self, params: Sequence[dict[str, Any]], *, viewer: Viewer, at: datetime.datetime
    ) -> list[Rendered | None]:
        """Nothing once the test was judged anew again. One query."""
        later = Rescoring.objects.filter(submission=OuterRef("submission")).order_by("-number")
        rows = (
            Rescoring.objects.annotate(last=Subquery(later.values("number")[:1]))
            .filter(submission__attempt__employee=viewer.employee_id, number=F("last"))
            .select_related("submission__attempt__quiz")
        )
        found = rows.in_bulk([item["rescoring"] for item in params])
        return [
            self._said(found[item["rescoring"]]) if item["rescoring"] in found else None
            for item in params
        ]

    def _said(self, row: Rescoring) -> Rendered:
        if any(after is None for _competence, _before, after in row.changes):
            line = _("Judged anew without a question: a part of it counts no longer")
        elif row.passed:
            line = _("Judged anew because of a question: it is passed now")
        else:
            line = _("Judged anew because of a question: it is not passed now")
        return Rendered(
            title=row.submission.attempt.quiz.name,
            line=line,
            url=reverse("attempt", args=[row.submission.attempt_id]),
            why=_("To you: you took this test"),
            subject=_("A test of yours was judged anew"),
        )


JUDGED_ANEW = JudgedAnew()
