"""Certificates with what they are worth on a day: asked of the ledger, in a number of queries that does not grow."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator

from certification.loading import told_of
from certification.models import Certificate
from certification.rules.certificates import Proof, Validity, validity_of
from competence.loading import load_tracks, local_day
from people.viewer import Viewer

PER_PAGE = 50


@dataclass(frozen=True)
class Line:
    """One competence of a certificate: its last valid day, and whether the result behind it stands."""

    name: str
    level: int
    until: datetime.date | None
    stands: bool


@dataclass(frozen=True)
class Reading:
    """A certificate as it stands on a day."""

    certificate: Certificate
    validity: Validity
    until: datetime.date | None
    lines: Sequence[Line]

    @property
    def state(self) -> str:
        """The sign it is drawn with."""
        return {
            Validity.VALID: "current",
            Validity.LAPSED: "lapsed",
            Validity.REVOKED: "suspended",
        }[self.validity]

    @property
    def is_revoked(self) -> bool:
        """Whether somebody revoked it, or the result behind it was withdrawn."""
        return self.validity is Validity.REVOKED

    @property
    def public_name(self) -> str:
        """The holder as the public page names them; nothing unless they agreed to it."""
        return self.certificate.employee.full_name if self.certificate.names_holder else ""


def read(certificates: Sequence[Certificate], at: datetime.datetime) -> list[Reading]:
    """What each of them, with employee and submission at hand, is worth at ``at``. Five queries."""
    if not certificates:
        return []
    told = told_of([one.submission.attempt_id for one in certificates])
    people = {one.employee_id: one.employee for one in certificates}
    wanted = {pk for one in certificates for pk in one.competence_ids}
    tracks = load_tracks(list(people.values()), wanted, at.date() + datetime.timedelta(days=1))
    found = []
    for one in certificates:
        passes = {
            row.event.competence_id: row.event
            for row in told.get(one.submission.attempt_id, ())
            if row.stands and row.event.passed
        }
        lines = []
        for line in one.lines:
            event = passes.get(line["competence"])
            track = tracks.get((one.employee_id, line["competence"]))
            until = track.last_day_of_pass(event.on, event.level) if event and track else None
            lines.append(Line(line["name"], line["level"], until, event is not None))
        validity, until = validity_of(
            [Proof(line.stands, line.until) for line in lines],
            revoked=one.revoked_at is not None,
            day=local_day(at, one.employee.tz),
        )
        found.append(Reading(one, validity, until, lines))
    return found


def own_certificates(viewer: Viewer, at: datetime.datetime) -> list[Reading]:
    """The viewer's own, the latest first. Six queries."""
    rows = Certificate.objects.filter(employee=viewer.employee_id or 0)
    return read(list(rows.select_related("employee", "submission")), at)


def certificate_numbered(number: str | None, at: datetime.datetime) -> Reading | None:
    """The one of this number, for whoever has the number. Six queries."""
    row = Certificate.objects.select_related("employee", "submission").filter(number=number or "")
    found = read(list(row), at)
    return found[0] if found else None


def issued(
    viewer: Viewer, words: str, page: str | None, at: datetime.datetime
) -> tuple[Page, list[Reading]]:
    """Those of the records ``viewer`` may read, searched, page by page. Seven queries."""
    rows = Certificate.objects.visible_to(viewer, at).matching(words)
    shown = Paginator(rows.select_related("employee", "submission"), PER_PAGE).get_page(page)
    return shown, read(list(shown.object_list), at)
