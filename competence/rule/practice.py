"""The practice track: ratings of calls become observations, and the last five observations become P."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from competence.rule.calendar import add_months
from competence.rule.cells import Competence
from competence.rule.events import Calibration, Event, Observation
from competence.rule.figures import Figures

HIGHEST_PRACTICE = 3
LEVEL_OF_TWO_RATERS = 3


@dataclass(frozen=True, kw_only=True)
class Seen:
    """One observation as it counts: all ratings of a call are one of these. ``last`` is the last day it counts."""

    on: date
    rater: str | None
    rating: int
    last: date


def observations(
    events: Iterable[Event], day: date, *, competence: Competence, figures: Figures
) -> list[Seen]:
    """What was seen by ``day``, in order, whatever its age.

    “Several ratings of a call are one observation of the first rater and day with the lowest rating; a calibration
    replaces the rating only, and needs a rated call.” Once a call is calibrated, that rating stays.
    """
    seen: list[Seen] = []
    place_of_call: dict[str, int] = {}
    calibrated: set[str] = set()
    for event in events:
        if event.on > day:
            break
        if isinstance(event, Observation):
            place = place_of_call.get(event.call) if event.call is not None else None
            if place is None:
                if event.call is not None:
                    place_of_call[event.call] = len(seen)
                seen.append(_seen(event, competence, figures))
            elif event.call not in calibrated:
                lower = min(seen[place].rating, event.rating)
                seen[place] = replace(seen[place], rating=lower)
        elif isinstance(event, Calibration) and event.call in place_of_call:
            place = place_of_call[event.call]
            seen[place] = replace(seen[place], rating=event.rating)
            calibrated.add(event.call)
    return seen


def last_day_of_observation(event: Observation, competence: Competence, figures: Figures) -> date:
    """“Ages are the validity in force when the event was recorded (practice: 12 months unless said otherwise).”"""
    months = event.valid_months or competence.practice_months or figures.practice_months
    return add_months(event.on, months)


def _seen(event: Observation, competence: Competence, figures: Figures) -> Seen:
    last = last_day_of_observation(event, competence, figures)
    return Seen(on=event.on, rater=event.rater, rating=event.rating, last=last)


def last_five(seen: Sequence[Seen], day: date, figures: Figures) -> list[Seen]:
    """“The last five observations, counting those at most 12 months old”, the last day included."""
    return [one for one in seen[-figures.observations_counted :] if one.last >= day]


def reaches(five: Sequence[Seen], level: int, figures: Figures) -> bool:
    """Whether “three of the last five observations reach” ``level``: “they must be of two days or more,
    for level 3 also of two raters”.
    """
    good = [one for one in five if one.rating >= level]
    if len(good) < figures.observations_needed:
        return False
    if len({one.on for one in good}) < figures.days_needed:
        return False
    if level < LEVEL_OF_TWO_RATERS:
        return True
    raters = {one.rater for one in good if one.rater is not None}
    return len(raters) >= figures.raters_needed_for_level_3


def last_day_of_practice(five: Sequence[Seen], level: int, figures: Figures) -> date | None:
    """“Last valid day: as long as what is left of the five, as they age out, still reaches it.”

    None if they do not reach ``level`` at all, or if it is above what observations can give: “at most 3”.
    """
    if level > HIGHEST_PRACTICE or not reaches(five, level, figures):
        return None
    last = min(one.last for one in five)
    left = [one for one in five if one.last > last]
    return last_day_of_practice(left, level, figures) or last
