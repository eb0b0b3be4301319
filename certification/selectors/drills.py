"""What of somebody's daily practice is next."""

import datetime
from dataclasses import dataclass

from certification.models import Drill, DrillCard
from certification.rules.drills import PER_DAY
from certification.services.drilling import askable
from competence.loading import local_day
from people.viewer import Viewer


@dataclass(frozen=True)
class Day:
    """Where the person stands today: the card to answer, else why there is none, and when one comes."""

    drill: Drill
    card: DrillCard | None
    done: int
    next_at: datetime.datetime | None = None

    @property
    def left(self) -> int:
        """How many more today at most."""
        return max(PER_DAY - self.done, 0)


def drill_of(viewer: Viewer) -> Drill | None:
    """The viewer's own practice; None if they have not chosen it. One query."""
    own = Drill.objects.filter(employee=viewer.employee_id or 0)
    return own.select_related("employee").first()


def day_of(drill: Drill, now: datetime.datetime) -> Day:
    """What is next for ``drill``, which is the viewer's own. Three queries at most."""
    done = drill.answered_on(local_day(now, drill.employee.tz))
    if done < PER_DAY:
        due = askable(drill, now).due(now)
        card = due.select_related("question__article", "question__standing").first()
        if card is not None:
            return Day(drill, card, done)
    later = drill.cards.filter(due_at__gt=now).order_by("due_at").values_list("due_at", flat=True)
    return Day(drill, None, done, later.first())


def due_count(viewer: Viewer, now: datetime.datetime) -> int:
    """How many questions wait for the viewer today; 0 for who has not chosen it. Three queries at most."""
    drill = drill_of(viewer)
    if drill is None:
        return 0
    left = PER_DAY - drill.answered_on(local_day(now, drill.employee.tz))
    return min(askable(drill, now).due(now).count(), max(left, 0))
