"""What a version changed: said beside the draft, announced with the version, withdrawn if it was wrong."""

import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from common.events import emit
from competence.services.changes import record_change, withdraw_change
from kb.addressees import Circle, circle_of
from kb.choices import ChangeSize, State
from kb.events import ChangeWithdrawn
from kb.models import ArticlePage, ChangeNotice, PendingChange, VersionState
from kb.notices.changes import CHANGE_LED, CHANGE_MISSED, led_key, missed_key, told_key
from kb.refusals import ChangeRefused, NotWithdrawn
from kb.services.interrupting import away_at, interrupt, tell_of_change
from notifications.services.notifying import notify
from notifications.services.notifying import withdraw as take_back
from people.models import Employee, User
from people.roles import Role
from people.selectors import nearest_leads
from people.viewer import Viewer


@transaction.atomic
def describe(
    *,
    article: ArticlePage,
    size: str,
    by: User,
    now: datetime.datetime,
    was: str = "",
    now_holds: str = "",
    say: str = "",
    for_customers: str = "",
    waiver: str = "",
) -> PendingChange:
    """Say beside the draft of ``article`` what changes. A minor change with no words leaves no row.

    Whoever approves the draft approves this with it. Raises ChangeRefused if ``by`` may not edit it, or if the
    draft belongs to a package.
    """
    if not article.permissions_for_user(by).can_edit():
        raise ChangeRefused(_("Whoever edits an article says what changes in it."))
    said = {"size": size, "was": was, "now": now_holds, "say": say}
    said |= {"for_customers": for_customers, "waiver": waiver}
    said = {name: value.strip() for name, value in said.items()}
    standing = PendingChange.objects.filter(article=article).select_related("package").first()
    if standing is not None and standing.package is not None:
        raise ChangeRefused(
            _("This change belongs to the package “%(title)s”: it is said there.")
            % {"title": standing.package.title}
        )
    if standing is not None and standing.words() == said:
        return standing
    change, _created = PendingChange.objects.update_or_create(
        article=article, defaults={**said, "written_by": by, "written_at": now}
    )
    return change


@transaction.atomic
def announce(*, notice: ChangeNotice, now: datetime.datetime) -> int:
    """Let a notice have its effects: cells become stale, people and their leads are told. Safe to repeat.

    Who must confirm a change of normal risk is told as far as they may be interrupted now; the others wait for
    their next shift. Returns how many people were told now.
    """
    told = make_known(notice=notice, now=now)
    if notice.asks and notice.withdrawn_at is None:
        told += interrupt(now=now, asked_by=notice)
    return told


@transaction.atomic
def make_known(*, notice: ChangeNotice, now: datetime.datetime) -> int:
    """The effects of a notice without its interruptions. Safe to repeat. How many people were told now."""
    if not notice.tells or notice.withdrawn_at is not None:
        return 0
    if notice.asks:
        record_change(
            article_uuid=notice.article_uuid,
            number=notice.number,
            published_at=notice.announced_at,
            effective_at=notice.effective_at,
            by=notice.version.approved_by,
            now=now,
        )
    circle = circle_of(notice, now)
    is_limited = notice.asks and not circle.is_urgent
    away = {employee for _pk, employee in away_at([notice])}
    told = tell_of_change(
        notice=notice,
        recipients=[
            one.employee
            for one in circle.people.values()
            if one.employee.pk not in away and not (is_limited and one.must_confirm)
        ],
        is_urgent=notice.asks and circle.is_urgent,
        now=now,
    )
    if notice.asks:
        tell_leads(notice=notice, circle=circle, now=now)
    return told


def tell_leads(*, notice: ChangeNotice, circle: Circle, now: datetime.datetime) -> int:
    """One line to each lead whose people must confirm, however many they are."""
    leads = nearest_leads([one.employee.pk for one in circle.asked], timezone.localdate(now))
    return notify(
        event_key=led_key(notice),
        kind=CHANGE_LED.name,
        params={"notice": notice.pk},
        recipients=Employee.objects.filter(pk__in=set(leads.values())),
        now=now,
    )


def tell_who_is_missing(*, notice: ChangeNotice, circle: Circle, now: datetime.datetime) -> int:
    """After the last day: once more, to each lead with somebody who has not confirmed in time."""
    today = timezone.localdate(now)
    if circle.check_by is None or circle.check_by >= today:
        return 0
    late = [
        one.employee.pk
        for one in circle.outstanding
        # Whoever was on leave has a later day of their own; who only learns yet has none.
        if one.check_by is not None and one.check_by < today
    ]
    leads = nearest_leads(late, today)
    return notify(
        event_key=missed_key(notice),
        kind=CHANGE_MISSED.name,
        params={"notice": notice.pk},
        recipients=Employee.objects.filter(pk__in=set(leads.values())),
        now=now,
    )


def may_withdraw(notice: ChangeNotice, viewer: Viewer) -> bool:
    """Editors and administrators, and leads of those whom it asks."""
    if notice.withdrawn_at is not None or not notice.tells:
        return False
    return viewer.edits_knowledge or viewer.has_role(Role.LEAD)


@transaction.atomic
def withdraw_notice(
    *, notice: ChangeNotice, reason: str, by: User | None, now: datetime.datetime
) -> bool:
    """The change was wrongly called material: cells return, messages go. Twice is the same as once.

    Raises NotWithdrawn without a reason.
    """
    reason = reason.strip()
    if not reason:
        raise NotWithdrawn(_("Say why the change is withdrawn: those who confirmed it will ask."))
    changed = ChangeNotice.objects.filter(pk=notice.pk, withdrawn_at__isnull=True).update(
        withdrawn_at=now, withdrawn_by=by, withdrawal_reason=reason
    )
    if not changed:
        return False
    withdraw_change(article_uuid=notice.article_uuid, number=notice.number, by=by, now=now)
    others = ChangeNotice.objects.standing().filter(package__isnull=False)
    if not others.filter(package=notice.package_id).exists():
        # Of a package the message stays while another of its articles is left.
        for key in (told_key(notice), led_key(notice), missed_key(notice)):
            take_back(event_key=key, now=now)
    emit(
        ChangeWithdrawn(notice_id=notice.pk, article_uuid=notice.article_uuid, number=notice.number)
    )
    return True


def withdraw_what_never_held(*, article_uuid: UUID, now: datetime.datetime) -> int:
    """Withdraw the notices of versions that were called off, or of an article that readers no longer get."""
    states = VersionState.objects.filter(article_uuid=article_uuid)
    alive = states.filter(state__in=[State.ANNOUNCED, State.IN_FORCE]).exists()
    dead = ChangeNotice.objects.filter(
        article_uuid=article_uuid, withdrawn_at__isnull=True
    ).exclude(size=ChangeSize.MINOR)
    if alive:
        dead = dead.filter(version__state__state=State.WITHDRAWN, version__state__in_force_at=None)
    reason = _("The version never came into force.") if alive else _("The article was taken off.")
    return sum(
        withdraw_notice(notice=notice, reason=reason, by=None, now=now) for notice in list(dead)
    )
