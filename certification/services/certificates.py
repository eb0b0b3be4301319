"""Certificates: issued for every test that is passed, named if the holder agrees, revoked for a reason."""

import datetime
import secrets
from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from certification.loading import Told, told_of
from certification.models import Certificate, Submission
from certification.refusals import OwnCertificate, RevokedAlready, Unexplained
from certification.rules.certificates import ALPHABET, LENGTH, written
from certification.services.telling import tell_revoked
from competence.loading import Key, load_tracks, local_day
from competence.models import Competence, CompetenceEvent, EventBasis
from competence.rule.knowledge import KnowledgeTrack
from people.models import Employee, User

AT_ONCE = 100
# Somewhere it is tomorrow already.
DAY = datetime.timedelta(days=1)
LONGEST_REASON = 500


def new_number() -> str:
    """A number that nobody guesses and no other tells."""
    return written("".join(secrets.choice(ALPHABET) for _place in range(LENGTH)))


def issue_missing(*, now: datetime.datetime, of: Sequence[int] | None = None) -> int:
    """A certificate for each test that is passed and has none, or for the submissions ``of``; how many.

    Every result comes by here: when it is handed in, when it is judged anew, and by the sweep. Safe to repeat.
    """
    rows = Submission.objects.counting().filter(counted_passed=True, certificate__isnull=True)
    if of is not None:
        rows = rows.filter(pk__in=of)
    rows = rows.select_related("attempt__employee", "attempt__quiz").defer("attempt__paper")
    done, after = 0, 0
    while found := list(rows.filter(pk__gt=after).order_by("pk")[:AT_ONCE]):
        after = found[-1].pk
        done += _issue(found, now)
    return done


def _issue(submissions: Sequence[Submission], now: datetime.datetime) -> int:
    told = told_of([one.attempt_id for one in submissions])
    passes = {
        one.pk: [row.event for row in told.get(one.attempt_id, ()) if _is_pass(row)]
        for one in submissions
    }
    events = [event for found in passes.values() for event in found]
    names = Competence.objects.in_bulk({event.competence_id for event in events})
    versions: dict[int, list[list]] = {event.pk: [] for event in events}
    for event, uuid, number in EventBasis.objects.filter(event__in=versions).values_list(
        "event", "article_uuid", "number"
    ):
        versions[event].append([str(uuid), number])
    people = {one.attempt.employee_id: one.attempt.employee for one in submissions}
    tracks = load_tracks(list(people.values()), list(names), now.date() + DAY)
    issued = 0
    for one in submissions:
        if not passes[one.pk]:
            continue
        certificate = Certificate(
            number=new_number(),
            submission=one,
            employee=one.attempt.employee,
            test=one.attempt.quiz.name,
            lines=[
                {
                    "competence": event.competence_id,
                    "name": names[event.competence_id].name,
                    "level": event.level,
                    "versions": sorted(versions[event.pk]),
                }
                for event in passes[one.pk]
            ],
            passed_on=local_day(one.submitted_at, one.attempt.employee.tz),
            issued_at=now,
            valid_until=_ends(passes[one.pk], tracks),
        )
        try:
            with transaction.atomic():
                certificate.save(force_insert=True)
        except IntegrityError:
            continue
        issued += 1
    return issued


def _is_pass(row: Told) -> bool:
    return row.stands and bool(row.event.passed)


def _ends(
    events: Sequence[CompetenceEvent], tracks: dict[Key, KnowledgeTrack]
) -> datetime.date | None:
    days = [
        tracks[event.employee_id, event.competence_id].last_day_of_pass(event.on, event.level)
        for event in events
    ]
    return min((day for day in days if day), default=None)


def show_name(*, certificate: Certificate, shown: bool) -> Certificate:
    """The holder agrees that the public page names them, or no longer does."""
    Certificate.objects.filter(pk=certificate.pk).update(names_holder=shown)
    certificate.names_holder = shown
    return certificate


@transaction.atomic
def revoke(
    *, certificate: Certificate, reason: str, by: User, now: datetime.datetime
) -> Certificate:
    """It is worth nothing from now on, for a reason; the result in the record stays. Once.

    Raises Unexplained, OwnCertificate, RevokedAlready.
    """
    if not reason.strip():
        raise Unexplained(_("Say why."))
    if Employee.objects.filter(user=by, pk=certificate.employee_id).exists():
        raise OwnCertificate(_("It is your own: somebody else revokes it."))
    standing = Certificate.objects.standing().filter(pk=certificate.pk)
    said = reason.strip()[:LONGEST_REASON]
    if not standing.update(revoked_by=by, revoked_at=now, revoked_because=said):
        raise RevokedAlready(_("Somebody has revoked it already."))
    certificate.refresh_from_db()
    tell_revoked(certificate=certificate, now=now)
    return certificate
