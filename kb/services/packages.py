"""Change packages: articles join while they are drafts; announced as one, withdrawn as one."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kb.choices import ChangeSize
from kb.models import ArticlePage, ChangeNotice, ChangePackage, PendingChange
from kb.refusals import ChangeRefused, NotWithdrawn
from kb.services.changes import announce, make_known, withdraw_notice
from kb.services.interrupting import interrupt
from people.models import User


@transaction.atomic
def write_package(*, package: ChangePackage, by: User, now: datetime.datetime) -> ChangePackage:
    """Keep what is said of ``package``, new or changed, and say it beside each of its drafts.

    Raises ChangeRefused once it is announced, or if its moment is over.
    """
    if package.pk is not None and package.notices.exists():
        raise ChangeRefused(
            _("The package is being published: its words stay as they were approved.")
        )
    if package.effective_at <= now:
        raise ChangeRefused(_("The moment must lie ahead: each of its articles is approved first."))
    package.written_by, package.written_at = by, now
    package.save()
    PendingChange.objects.filter(package=package).update(
        **package.words(), written_by=by, written_at=now
    )
    return package


@transaction.atomic
def join_package(
    *, article: ArticlePage, package: ChangePackage, by: User, now: datetime.datetime
) -> PendingChange:
    """The draft of ``article`` belongs to ``package``: its words and its moment. Twice is the same as once.

    Raises ChangeRefused if ``by`` may not edit the article, or the package is announced.
    """
    if not article.permissions_for_user(by).can_edit():
        raise ChangeRefused(_("Whoever edits an article says what changes in it."))
    standing = PendingChange.objects.filter(article=article).first()
    if standing is not None and standing.package_id == package.pk:
        return standing
    if package.announced_at is not None:
        raise ChangeRefused(_("The package is announced already: choose another one."))
    change, _created = PendingChange.objects.update_or_create(
        article=article,
        defaults={
            **package.words(),
            "for_customers": "",
            "package": package,
            "written_by": by,
            "written_at": now,
        },
    )
    return change


@transaction.atomic
def leave_package(*, article: ArticlePage, by: User, now: datetime.datetime) -> None:
    """The draft of ``article`` is a change of its own again, a minor one until something else is said.

    Raises ChangeRefused if ``by`` may not edit it.
    """
    if not article.permissions_for_user(by).can_edit():
        raise ChangeRefused(_("Whoever edits an article says what changes in it."))
    left = PendingChange.objects.filter(article=article, package__isnull=False).first()
    if left is not None:
        package = left.package
        left.delete()
        announce_package(package=package, now=now)


@transaction.atomic
def announce_package(*, package: ChangePackage, now: datetime.datetime) -> int:
    """Announce ``package`` if it is time: each of its articles is approved, or its moment has come.

    One message to each person, whatever number of its articles concern them. Safe to repeat. Returns how many
    were told now.
    """
    approved = package.notices.filter(withdrawn_at=None)
    waits = PendingChange.objects.filter(package=package).exists()
    if not approved.exists() or (waits and now < package.effective_at):
        return 0
    if ChangePackage.objects.filter(pk=package.pk, announced_at=None).update(announced_at=now):
        # Days and weeks are counted from here, however early the first of them was approved.
        approved.update(announced_at=now)
    notices = list(approved.select_related("version__approved_by", "package"))
    told = sum(make_known(notice=notice, now=now) for notice in notices)
    return told + sum(interrupt(now=now, asked_by=one) for one in notices if one.asks)


def announce_due_packages(*, now: datetime.datetime) -> int:
    """Announce what an event missed, and packages whose moment came before all was approved."""
    return sum(
        announce_package(package=package, now=now)
        for package in ChangePackage.objects.begun().filter(announced_at=None)
    )


def announce_notice(*, notice: ChangeNotice, now: datetime.datetime) -> int:
    """Announce a notice, or the package it belongs to once that is complete."""
    if notice.package is None:
        return announce(notice=notice, now=now)
    return announce_package(package=notice.package, now=now)


@transaction.atomic
def withdraw_together(
    *, notice: ChangeNotice, reason: str, by: User, now: datetime.datetime
) -> bool:
    """Withdraw a notice, with the others of its package. Twice is the same as once.

    Raises NotWithdrawn without a reason.
    """
    if not reason.strip():
        raise NotWithdrawn(_("Say why the change is withdrawn: those who confirmed it will ask."))
    notices = [notice]
    if notice.package_id is not None:
        of_package = ChangeNotice.objects.filter(package=notice.package_id, withdrawn_at=None)
        notices = list(of_package.exclude(size=ChangeSize.MINOR).select_related("version"))
    gone = [withdraw_notice(notice=one, reason=reason, by=by, now=now) for one in notices]
    return any(gone)
