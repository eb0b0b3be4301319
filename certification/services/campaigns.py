"""Campaigns: open one for a window, move somebody's day, call it off. What was answered stays whatever happens."""

import datetime
import uuid
from collections.abc import Collection, Sequence
from itertools import count

from django.db import IntegrityError, transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from certification.choices import Review
from certification.duties import read_duties, with_papers
from certification.models import (
    Campaign,
    DutyLine,
    DutyPaper,
    Quiz,
    QuizLine,
    RecertificationDuty,
)
from certification.planning import preview, times_between, working_days
from certification.refusals import CampaignOver, NobodyDue, NoSuchDay
from certification.rules.campaigns import REACH_DAYS, Round, allowance
from certification.rules.cutting import Cut
from certification.rules.limits import LEAST_QUESTIONS
from certification.rules.rounds import round_of
from certification.services.telling import tell_called, tell_moved
from competence.models import Competence, RecertificationWindow
from people.models import Employee, Team, User

Blueprint = tuple[tuple[tuple[int, int], ...], int]
BATCH = 200
# Of what a paper asks, so many competences stand in its name.
NAMED, LONGEST_NAME = 2, 105


@transaction.atomic
def open_campaign(
    *,
    window: RecertificationWindow,
    teams: Collection[Team],
    percent: int,
    key: uuid.UUID,
    by: User,
    now: datetime.datetime,
    today: datetime.date,
) -> Campaign:
    """Call everybody of ``teams`` who is due in ``window`` to their papers, each on a day, and tell them.

    The plan is made anew, so that nothing opens that was true only when it was looked at. The same ``key`` again
    finds the campaign it opened. Raises NobodyDue.
    """
    known = Campaign.objects.filter(key=key).first()
    if known is not None:
        return known
    planned = preview(window=window, teams=teams, percent=percent, at=now, today=today).plan
    if not planned.rounds:
        raise NobodyDue(_("Nobody of these lines is to be called: there is nothing to open."))
    try:
        with transaction.atomic():
            campaign = Campaign.objects.create(
                window=window,
                name=window.name,
                starts_on=window.starts_on,
                ends_on=window.ends_on,
                percent=percent,
                opened_at=now,
                opened_by=by,
                key=key,
            )
            call(campaign=campaign, rounds=planned.rounds)
    except IntegrityError:
        # Another tab, or another lead, was quicker by a moment.
        known = Campaign.objects.filter(key=key).first()
        if known is None:
            raise NobodyDue(_("Somebody else has just called these people. Look again.")) from None
        return known
    tell_called(campaign=campaign, now=now)
    return campaign


def call(*, campaign: Campaign, rounds: Collection[Round]) -> None:
    """Write the rounds of ``campaign`` with their papers, tests and reasons."""
    quizzes = _quizzes(campaign, [placed.paper for one in rounds for placed in one.papers])
    duties = RecertificationDuty.objects.bulk_create(
        [
            RecertificationDuty(
                campaign=campaign,
                employee_id=one.person,
                team_id=one.line,
                round=round_of(campaign.starts_on),
            )
            for one in rounds
        ],
        batch_size=BATCH,
    )
    papers = DutyPaper.objects.bulk_create(
        [
            DutyPaper(
                duty=duty,
                number=number,
                quiz=quizzes[_blueprint(placed.paper)],
                day=placed.day,
            )
            for duty, one in zip(duties, rounds, strict=True)
            for number, placed in enumerate(one.papers, start=1)
        ],
        batch_size=BATCH,
    )
    cuts = [placed.paper for one in rounds for placed in one.papers]
    DutyLine.objects.bulk_create(
        [
            DutyLine(
                paper=paper,
                competence_id=due.competence,
                level=due.level,
                due_on=due.on,
                changes=due.changes,
            )
            for paper, cut in zip(papers, cuts, strict=True)
            for due in cut.due
        ],
        batch_size=BATCH,
    )


def _blueprint(cut: Cut) -> Blueprint:
    """Whoever is asked the same in the same time sits the same test: equal for colleagues."""
    return tuple((one.competence, one.level) for one in cut.due), cut.minutes


def _quizzes(campaign: Campaign, cuts: Collection[Cut]) -> dict[Blueprint, Quiz]:
    """A test for each blueprint of the campaign."""
    competences = Competence.objects.in_bulk({one.competence for cut in cuts for one in cut.due})
    taken = set(Quiz.objects.filter(name__startswith=campaign.name).values_list("name", flat=True))
    found: dict[Blueprint, Quiz] = {}
    for cut in cuts:
        blueprint = _blueprint(cut)
        if blueprint in found:
            continue
        name = _free_name(campaign, [competences[one.competence].name for one in cut.due], taken)
        taken.add(name)
        found[blueprint] = quiz = Quiz.objects.create(
            name=name, minutes=cut.minutes, review=Review.PASSED, campaign=campaign
        )
        QuizLine.objects.bulk_create(
            QuizLine(
                quiz=quiz,
                competence_id=one.competence,
                level=one.level,
                count=LEAST_QUESTIONS,
                sort_order=place,
            )
            for place, one in enumerate(cut.due)
        )
    return found


def _free_name(campaign: Campaign, competences: Sequence[str], taken: Collection[str]) -> str:
    """The campaign and what is asked first; numbered where another paper begins alike, since names are unique."""
    more = f" +{len(competences) - NAMED}" if len(competences) > NAMED else ""
    asked = ", ".join(competences[:NAMED])
    name = f"{campaign.name}: {asked}"[:LONGEST_NAME] + more
    numbered = (f"{name} ({number})" for number in count(2))
    return name if name not in taken else next(one for one in numbered if one not in taken)


@transaction.atomic
def move(
    *, paper: DutyPaper, day: datetime.date, by: User, now: datetime.datetime, today: datetime.date
) -> DutyPaper:
    """Give somebody another day for a paper. Raises CampaignOver, NoSuchDay with the reason in words."""
    duty = with_papers(RecertificationDuty.objects.filter(pk=paper.duty_id)).get()
    if duty.cancelled_at is not None:
        raise CampaignOver(_("The campaign was called off."))
    (reading,) = [one for one in read_duties([duty], now)[0].papers if one.paper.pk == paper.pk]
    if not reading.is_open:
        raise CampaignOver(_("It is passed already."))
    _refuse_day(paper, duty, day, today)
    if day != paper.day:
        DutyPaper.objects.filter(pk=paper.pk).update(day=day, moved_by=by)
        paper.refresh_from_db()
        tell_moved(paper=paper, employee=duty.employee, now=now)
    return paper


def _refuse_day(paper: DutyPaper, duty, day: datetime.date, today: datetime.date) -> None:
    campaign, person = duty.campaign, duty.employee
    last = campaign.ends_on + datetime.timedelta(days=REACH_DAYS)
    if not max(campaign.starts_on, today) <= day <= last:
        raise NoSuchDay(
            _("Choose a day from %(first)s to %(last)s.")
            % {
                "first": date_format(max(campaign.starts_on, today), "j E"),
                "last": date_format(last, "j E"),
            }
        )
    crew = list(Employee.objects.working_on(day).in_teams_on([duty.team_id], day))
    times = times_between({person, *crew}, day, day)
    if not working_days(times[person.pk], day, day):
        raise NoSuchDay(_("%(name)s does not work on that day.") % {"name": person.full_name})
    present = sum(1 for one in crew if working_days(times[one.pk], day, day))
    away = (
        DutyPaper.objects.standing()
        .filter(day=day, duty__team=duty.team_id)
        .exclude(duty=duty.pk)
        .values("duty__employee")
        .distinct()
        .count()
    )
    if away >= allowance(present, campaign.percent):
        words = ngettext(
            "%(n)s person of this line is called on that day already: no more may be away.",
            "%(n)s people of this line are called on that day already: no more may be away.",
            away,
        )
        raise NoSuchDay(words % {"n": away})


@transaction.atomic
def cancel(*, campaign: Campaign, reason: str, by: User, now: datetime.datetime) -> Campaign:
    """Call a campaign off: nobody is called any more. Whoever is in the middle may finish, and what is passed stays.

    Raises CampaignOver if it was called off before.
    """
    done = Campaign.objects.standing().filter(pk=campaign.pk)
    if not done.update(cancelled_at=now, cancelled_by=by, reason=reason):
        raise CampaignOver(_("The campaign was called off."))
    RecertificationDuty.objects.standing().filter(campaign=campaign).update(cancelled_at=now)
    Quiz.objects.filter(campaign=campaign).update(is_active=False)
    campaign.refresh_from_db()
    return campaign
