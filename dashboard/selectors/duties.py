"""What one has to do today: a change to confirm, steps of the plan, sessions, tests, reviews, who waits for one."""

import datetime
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from certification.selectors.offers import Offer, offers_for
from competence.choices import StateChoice
from courses.selectors.plans import ItemReading, PlanReading, next_steps_of, read_plans
from courses.selectors.practice import under_way
from courses.selectors.sessions import SessionReading, coming_up
from kb.addressees import minutes_for
from kb.catching_up import CatchUp, catch_up_of
from kb.chains import chain_of, leading_cell, person_words
from kb.models import ArticlePage
from kb.selectors.duties import Duty, in_turn, outstanding_for
from kb.selectors.progress import Progress, changes_under_way, progress_of
from kb.selectors.reviews import DueReview, reviews_this_week
from kb.services.confirming import questions_of
from people.models import Employee
from people.viewer import Viewer

STEPS, TESTS, LATE, CHANGES = 3, 3, 5, 3


@dataclass(frozen=True)
class ChangeDuty:
    """The change that one must confirm first, with its chain; ``more`` wait behind it."""

    duty: Duty
    nodes: Sequence[dict]
    due: str
    questions: int
    more: int

    @property
    def minutes(self) -> int:
        """About how long it takes."""
        return minutes_for(self.questions)


@dataclass(frozen=True)
class OwnDuties:
    """What waits for one person."""

    change: ChangeDuty | None
    plan: PlanReading | None
    tests: Sequence[Offer]
    reviews: Sequence[DueReview]
    sessions: Sequence[SessionReading] = ()
    catch_up: CatchUp | None = None

    @property
    def steps(self) -> list[ItemReading]:
        """The next steps of the plan that one can do now or is late with."""
        left = [one for one in self.plan.items if not one.facts.done] if self.plan else []
        return [one for one in left if not one.blocked_by][:STEPS]


@dataclass(frozen=True)
class FollowedDuties:
    """What is late among the people one answers for: plans, and changes that not everybody has confirmed."""

    late: Sequence[PlanReading]
    changes: Sequence[Progress]


def own_duties(employee: Employee, viewer: Viewer, now: datetime.datetime) -> OwnDuties:
    """What waits for ``employee``. While a plan is under way its tests stand there, and here what a campaign asks."""
    plan = next_steps_of(employee, now)
    catch_up = catch_up_of(employee, viewer, now)
    offers = [one for one in offers_for(employee, now) if one.paper or not plan]
    tests = [one for one in offers if _is_to_take(one)]
    return OwnDuties(
        change=_change_duty(employee, viewer, now, besides=catch_up.groups if catch_up else set()),
        plan=plan,
        tests=tests[:TESTS],
        reviews=reviews_this_week(viewer, now),
        sessions=coming_up(viewer, now),
        catch_up=catch_up,
    )


def _is_to_take(offer: Offer) -> bool:
    """A stale competence asks for the check of its change, not for the whole test again; a campaign names its day.

    What an assessor reads is nobody's to take.
    """
    if offer.is_assessed and not offer.running:
        return False
    due = offer.is_due and any(cell.state != StateChoice.STALE for cell in offer.due_cells)
    called = offer.paper is not None
    return offer.running is not None or called or (due and offer.may_start)


def _change_duty(
    employee: Employee, viewer: Viewer, now: datetime.datetime, *, besides: Collection[str]
) -> ChangeDuty | None:
    come = in_turn(outstanding_for(employee, now), employee, now).come
    duties = [one for one in come if one.notice.group not in besides]
    if not duties:
        return None
    first = duties[0]
    asked = questions_of(first.notice, employee, now)
    article = ArticlePage.objects.visible_to(viewer, now).filter(uuid=first.notice.article_uuid)
    url = getattr(article.defer("body").first(), "url", "") or ""
    return ChangeDuty(
        duty=first,
        nodes=chain_of(first.notice, first.addressee, asked, article_url=url),
        due=person_words(first.addressee, leading_cell(first.addressee)),
        questions=len(asked.questions),
        more=len(duties) - 1,
    )


def followed_duties(viewer: Viewer, now: datetime.datetime) -> FollowedDuties:
    """What is late among those whom ``viewer`` leads; nothing for who leads nobody."""
    if not viewer.led_team_ids:
        return FollowedDuties((), ())
    late = [one for one in read_plans(under_way(viewer, now), now) if one.standing.late]
    late.sort(key=lambda one: -len(one.standing.late))
    progress = progress_of(viewer, now, notices=changes_under_way(viewer, now)[:CHANGES])
    return FollowedDuties(late[:LATE], [one for one in progress if one.left])
