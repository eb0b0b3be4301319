"""What follows from a change, once more from the stored rows alone: for events that were lost."""

import datetime

from django.db.models import Exists, OuterRef

from competence.models import CompetenceEvent
from kb.addressees import circles_of
from kb.models import Acknowledgement, ChangeNotice
from kb.services.changes import make_known, tell_who_is_missing, withdraw_what_never_held
from kb.services.confirming import record_checks
from kb.services.interrupting import TOLD_FOR, interrupt
from kb.services.packages import announce_due_packages

# Changes announced longer ago have had every sweep of a quarter.
LOOKED_BACK = datetime.timedelta(days=92)


def repair_changes(*, now: datetime.datetime) -> int:
    """Make every effect of notices and confirmations true; how many people were told or checks written.

    Idempotent: notices that were told, changes that were recorded and checks that stand are left alone.
    """
    return (
        _withdraw_dead(now)
        + announce_due_packages(now=now)
        + _announce_missed(now)
        + _tell_missing(now)
        + _write_checks(now)
    )


def _recent(now: datetime.datetime):
    return ChangeNotice.objects.telling().filter(announced_at__gt=now - LOOKED_BACK)


def _withdraw_dead(now: datetime.datetime) -> int:
    standing = ChangeNotice.objects.standing().filter(pk=OuterRef("pk"))
    dead = _recent(now).filter(~Exists(standing), withdrawn_at__isnull=True)
    uuids = set(dead.values_list("article_uuid", flat=True))
    return sum(withdraw_what_never_held(article_uuid=uuid, now=now) for uuid in uuids)


def _announce_missed(now: datetime.datetime) -> int:
    fresh = _recent(now).standing().filter(announced_at__gt=now - TOLD_FOR)
    told = sum(
        make_known(notice=notice, now=now)
        for notice in fresh.select_related("version__approved_by", "package").order_by(
            "announced_at", "pk"
        )
    )
    return told + interrupt(now=now)


def _tell_missing(now: datetime.datetime) -> int:
    asking = list(_recent(now).standing().asking().not_followed())
    circles = circles_of(asking, now)
    return sum(
        tell_who_is_missing(notice=notice, circle=circles[notice.pk], now=now) for notice in asking
    )


def _write_checks(now: datetime.datetime) -> int:
    """The checks of confirmations that have none, of people who still have such a cell."""
    checks = CompetenceEvent.objects.filter(
        source_kind="confirmation", employee=OuterRef("employee"), basis__number=OuterRef("number")
    ).filter(basis__article_uuid=OuterRef("article_uuid"))
    bare = Acknowledgement.objects.filter(~Exists(checks), recorded_at__gt=now - LOOKED_BACK)
    return sum(
        len(record_checks(acknowledgement=row, now=now))
        for row in bare.select_related("version__notice", "actor")
    )
