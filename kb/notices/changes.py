"""What is said of changes: to those whom they concern, and to their leads."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kb.addressees import Addressee, Circle, joint_circles
from kb.models import ChangeNotice
from notifications.extensions import Group, Rendered
from people.selectors import led_by
from people.viewer import Viewer

CHANGES = Group(
    key="kb.changes",
    label=gettext_lazy("Changes of articles"),
    note=gettext_lazy("Those that concern what stands in your record"),
)
LEADS = Group(key="kb.leads", label=gettext_lazy("Who has checked a change"))


def _notices(
    params: Sequence[dict[str, Any]], viewer: Viewer, at: datetime.datetime
) -> dict[int, ChangeNotice]:
    """The notices named in ``params`` that stand and may be seen. One query.

    Another of its package in place of one that does not stand any more: two queries more.
    """
    visible = ChangeNotice.objects.visible_to(viewer, at).standing()
    visible = visible.select_related("version", "package")
    named = {item["notice"] for item in params}
    found = visible.in_bulk(named)
    if found.keys() == named:
        return found
    gone = ChangeNotice.objects.filter(pk__in=named - found.keys(), package__isnull=False)
    packages = dict(gone.values_list("pk", "package_id"))
    if packages:
        others = visible.telling().filter(package__in=packages.values())
        by_package = {one.package_id: one for one in others.order_by("-number", "-pk")}
        found |= {pk: by_package[one] for pk, one in packages.items() if one in by_package}
    return found


def why_me(addressee: Addressee) -> str:
    """By which competences of one's record a change concerns one."""
    names = ", ".join(f"«{cell.competence.name}»" for cell in addressee.cells)
    return _("To you: your record has %(names)s") % {"names": names}


def day_words(day: datetime.date) -> str:
    """A day as it stands in a sentence."""
    return date_format(day, "j E")


def told_key(notice: ChangeNotice) -> str:
    """The event under which people are told of a notice, or of the package it belongs to."""
    return f"kb.article_changed:{notice.group}"


def led_key(notice: ChangeNotice) -> str:
    """The event under which leads are told that their people must confirm it."""
    return f"kb.change_led:{notice.group}"


def missed_key(notice: ChangeNotice) -> str:
    """The event under which leads are told who has not confirmed it in time."""
    return f"kb.change_missed:{notice.group}"


class ArticleChanged:
    """To those whose position requires, or whose record holds, what the article teaches."""

    name = "kb.article_changed"
    group = CHANGES

    def render(
        self, params: Sequence[dict[str, Any]], *, viewer: Viewer, at: datetime.datetime
    ) -> list[Rendered | None]:
        """Nothing once it is withdrawn, or for whom it does not concern any more. At most nine queries."""
        notices = _notices(params, viewer, at)
        if viewer.employee_id is None:
            return [None] * len(params)
        circles = joint_circles(list(notices.values()), at, employee_id=viewer.employee_id)
        return [self._said(notices.get(item["notice"]), circles, viewer) for item in params]

    def _said(
        self, notice: ChangeNotice | None, circles: dict[int, Circle], viewer: Viewer
    ) -> Rendered | None:
        if notice is None:
            return None
        addressee = circles[notice.pk].people.get(viewer.employee_id or 0)
        if addressee is None:
            return None
        return Rendered(
            title=notice.name,
            line=self._line(notice, addressee),
            url=reverse("notice", args=[notice.pk]),
            why=why_me(addressee),
            subject=_("An article has changed"),
        )

    def _line(self, notice: ChangeNotice, addressee: Addressee) -> str:
        if addressee.is_done:
            return _("You know it. Now: %(now)s") % {"now": notice.now}
        if not addressee.must_confirm:
            return _("Now: %(now)s") % {"now": notice.now}
        if addressee.check_by is None:
            return _("Check yourself. Now: %(now)s") % {"now": notice.now}
        return _("Check by %(day)s. Now: %(now)s") % {
            "day": day_words(addressee.check_by),
            "now": notice.now,
        }


class ChangeLed:
    """To a lead, once for a change, however many of their people must confirm it."""

    name = "kb.change_led"
    group = LEADS

    def render(
        self, params: Sequence[dict[str, Any]], *, viewer: Viewer, at: datetime.datetime
    ) -> list[Rendered | None]:
        """How far their people are now. At most eleven queries."""
        notices = _notices(params, viewer, at)
        circles = joint_circles(list(notices.values()), at)
        led = led_by(viewer, at)
        return [
            self._said(one, circles[one.pk], led) if (one := notices.get(item["notice"])) else None
            for item in params
        ]

    def _said(self, notice: ChangeNotice, circle: Circle, led: set[int]) -> Rendered | None:
        asked = [one for one in circle.asked if one.employee.pk in led]
        if not asked:
            return None
        return Rendered(
            title=notice.name,
            line=self._line(notice, circle, asked),
            url=reverse("notice_people", args=[notice.pk]),
            why=_("To you: your people must confirm this change"),
            subject=_("Your people are checking a change"),
        )

    def _line(self, notice: ChangeNotice, circle: Circle, asked: list[Addressee]) -> str:
        return progress_words(circle.check_by, sum(one.is_done for one in asked), len(asked))


class ChangeMissed(ChangeLed):
    """To a lead, once, after the last day: who is missing."""

    name = "kb.change_missed"

    def _line(self, notice: ChangeNotice, circle: Circle, asked: list[Addressee]) -> str:
        missing = [one.employee.full_name for one in asked if one.is_outstanding]
        if not missing:
            return _("All have checked it")
        names = ", ".join(missing[:3])
        if len(missing) > 3:
            names = _("%(names)s and %(more)s more") % {"names": names, "more": len(missing) - 3}
        return _("Not checked in time: %(names)s") % {"names": names}


def progress_words(day: datetime.date | None, done: int, asked: int) -> str:
    """How far people are, as in: check by 15 April: 12 of 34."""
    words = {"done": done, "asked": asked}
    if day is None:
        return _("Checked: %(done)s of %(asked)s") % words
    return _("Check by %(day)s: %(done)s of %(asked)s") % {**words, "day": day_words(day)}


ARTICLE_CHANGED = ArticleChanged()
CHANGE_LED = ChangeLed()
CHANGE_MISSED = ChangeMissed()
