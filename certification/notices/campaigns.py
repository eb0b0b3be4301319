"""What is said of a campaign: to whoever is called and again as their day comes, and once to those who lead them."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from certification.duties import DutyReading, PaperReading, read_duties, with_papers
from certification.models import Campaign, RecertificationDuty
from competence.loading import local_day
from notifications.extensions import Group, Rendered
from people.viewer import Viewer

CAMPAIGNS = Group(
    key="certification.campaigns",
    label=gettext_lazy("Recertification"),
    note=gettext_lazy("Your day, and 14, 3 and 0 days before it; for leads: once, who is called"),
)


class Called:
    """To whoever is called: their first day that is still ahead, or that they missed."""

    name = "certification.called"
    group = CAMPAIGNS

    def render(
        self, params: Sequence[dict[str, Any]], *, viewer: Viewer, at: datetime.datetime
    ) -> list[Rendered | None]:
        """Nothing once everything is passed or the campaign is called off. Seven queries."""
        rounds = _own_rounds(params, viewer, at)
        return [self._said(rounds.get(item["campaign"]), viewer, at) for item in params]

    def _said(self, one: DutyReading | None, viewer: Viewer, at) -> Rendered | None:
        ahead = one.next if one else None
        if one is None or ahead is None:
            return None
        past = ahead.paper.day < local_day(at, viewer.tz)
        day = date_format(ahead.paper.day, "j E")
        line = (
            _("Your day was %(day)s: take it now") % {"day": day}
            if past
            else _("Your day: %(day)s, %(minutes)s min") % _facts(ahead, day)
        )
        return _rendered(one, ahead, line)


class RoundAhead:
    """To whoever is called, 14, 3 and 0 days before the day of a paper."""

    name = "certification.round_ahead"
    group = CAMPAIGNS

    def render(
        self, params: Sequence[dict[str, Any]], *, viewer: Viewer, at: datetime.datetime
    ) -> list[Rendered | None]:
        """Nothing once the paper is passed, has another day, or its day is over. Seven queries."""
        rounds = _own_rounds(params, viewer, at)
        return [
            self._said(rounds.get(item["campaign"]), item["day"], viewer, at) for item in params
        ]

    def _said(self, one: DutyReading | None, day: str, viewer: Viewer, at) -> Rendered | None:
        papers = [paper for paper in one.papers if paper.is_open] if one else []
        ahead = next((paper for paper in papers if paper.paper.day.isoformat() == day), None)
        today = local_day(at, viewer.tz)
        if one is None or ahead is None or ahead.paper.day < today:
            return None
        facts = _facts(ahead, date_format(ahead.paper.day, "j E"))
        line = (
            _("Today is your day, %(minutes)s min") % facts
            if ahead.paper.day == today
            else _("Your day: %(day)s, %(minutes)s min") % facts
        )
        return _rendered(one, ahead, line)


class LineCalled:
    """To those who lead people that are called: how many, once, when the campaign is opened."""

    name = "certification.line_called"
    group = CAMPAIGNS

    def render(
        self, params: Sequence[dict[str, Any]], *, viewer: Viewer, at: datetime.datetime
    ) -> list[Rendered | None]:
        """Nothing once it is called off, or for who leads none of them any more. Two queries."""
        wanted = [item["campaign"] for item in params]
        found = Campaign.objects.standing().in_bulk(wanted)
        duties = RecertificationDuty.objects.standing().filter(campaign__in=wanted)
        counts: dict[int, int] = {}
        if viewer.led_team_ids:
            own = duties.visible_to(viewer, at).exclude(employee=viewer.employee_id)
            for campaign in own.values_list("campaign", flat=True):
                counts[campaign] = counts.get(campaign, 0) + 1
        return [
            self._said(found[pk], counts[pk]) if pk in found and pk in counts else None
            for pk in wanted
        ]

    def _said(self, campaign: Campaign, people: int) -> Rendered:
        words = ngettext(
            "%(n)s of your people is called: who and when",
            "%(n)s of your people are called: who and when",
            people,
        )
        return Rendered(
            title=campaign.name,
            line=words % {"n": people},
            url=reverse("campaign", args=[campaign.pk]),
            why=_("To you: you lead people who are called"),
            subject=_("Recertification of your people"),
        )


def _own_rounds(
    params: Sequence[dict[str, Any]], viewer: Viewer, at: datetime.datetime
) -> Mapping[int, DutyReading]:
    """By campaign the viewer's own round, while the campaign stands."""
    duties = RecertificationDuty.objects.standing().filter(
        employee=viewer.employee_id or 0, campaign__in={item["campaign"] for item in params}
    )
    return {one.duty.campaign_id: one for one in read_duties(with_papers(duties), at)}


def _facts(ahead: PaperReading, day: str) -> dict[str, Any]:
    return {"day": day, "minutes": ahead.paper.quiz.minutes}


def _rendered(one: DutyReading, ahead: PaperReading, line: str) -> Rendered:
    return Rendered(
        title=one.duty.campaign.name,
        line=line,
        url=reverse("test", args=[ahead.paper.quiz_id]),
        why=_("To you: what you know of these competences ends soon"),
        subject=_("Your recertification"),
    )


CALLED, ROUND_AHEAD, LINE_CALLED = Called(), RoundAhead(), LineCalled()
