"""A certificate that is worth nothing any more."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from certification.models import Certificate
from certification.notices.results import TESTS
from notifications.extensions import Rendered
from people.viewer import Viewer


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


REVOKED = CertificateRevoked()
