"""What certification tells people: a test of theirs was judged anew; an appeal waits, or was decided."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.db.models import F, OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from certification.models import Appeal, Certificate, Rescoring
from notifications.extensions import Group, Rendered, kinds
from people.viewer import Viewer

APPEALS = Group(key="certification.appeals", label=gettext_lazy("Appeals to decide"))
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


class CertificateRevoked:
    """To its holder: a certificate is worth nothing any more, and why."""

    name = "certification.certificate_revoked"
    group = TESTS

    def render(
        self, params: Sequence[dict[str, Any]], *, viewer: Viewer, at: datetime.datetime
    ) -> list[Rendered | None]:
        """One query."""
        rows = Certificate.objects.filter(employee=viewer.employee_id, revoked_at__isnull=False)
        found = rows.in_bulk([item["certificate"] for item in params])
        return [
            Rendered(
                title=found[item["certificate"]].test,
                line=_("The certificate %(number)s was revoked: %(reason)s")
                % {
                    "number": found[item["certificate"]].number,
                    "reason": found[item["certificate"]].revoked_because,
                },
                url=reverse("certificates"),
                why=_("To you: it is yours"),
                subject=_("A certificate of yours was revoked"),
            )
            if item["certificate"] in found
            else None
            for item in params
        ]


def register() -> None:
    """Fill ``notifications.kinds``."""
    known = {kind.name for kind in kinds}
    for kind in (JudgedAnew(), Appealed(), AppealDecided(), CertificateRevoked()):
        if kind.name not in known:
            kinds.register(kind)
