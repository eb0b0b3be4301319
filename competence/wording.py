"""Events, tracks and signs of a record in words, in the active language."""

from django.urls import reverse
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _

from competence.choices import Channel, EventType, StateChoice
from competence.models import CellSegment, CompetenceEvent
from competence.selectors.qualified import Row
from competence.selectors.record import Evidence
from people.models import User
from people.names import split_name

TRACKS = {
    "knowledge": lambda: _("Knowledge"),
    "practice": lambda: _("Practice"),
    "rating": lambda: _("Rating"),
    "level": lambda: _("Level"),
}
STATE_OF_TYPE = {
    EventType.SUSPENSION: "suspended",
    EventType.PROGRESS: "learning",
    EventType.CHECK: "current",
    EventType.COMMISSION: "current",
}


def day(value) -> str:
    """A day as people write it."""
    return format_date(value, _("j F Y"))


def short_name(user: User | None) -> str:
    """O. Ryabova; "" for nobody."""
    if user is None:
        return ""
    first, last = split_name(user.get_full_name())
    return f"{first[0]}. {last}" if first and last else user.get_full_name()


def call_words(call: str) -> str:
    """ "call 4711-0823" from the ledger's name of it."""
    channel, _colon, reference = call.partition(":")
    label = str(Channel(channel).label).lower() if channel in Channel.values else channel
    return f"{label} {reference}".strip()


def evidence_words(item: Evidence) -> str:
    """What happened, in one line."""
    if item.change is not None:
        if item.link:
            return _("The article changed: “%(title)s”, version %(number)s") % {
                "title": item.link.label,
                "number": item.change.number,
            }
        return _("An article changed, version %(number)s") % {"number": item.change.number}
    event = item.event
    words = WORDS[event.type](event)
    who = ", ".join(filter(None, (short_name(event.actor), short_name(event.second_actor))))
    own = event.actor_id is not None and event.actor_id == event.employee.user_id
    return f"{who}: {words}" if who and not own else words


def evidence_state(item: Evidence) -> str:
    """The state whose colour the dot of the timeline takes; "" for none."""
    if item.withdrawn:
        return ""
    if item.change is not None:
        return "stale"
    if item.event.type == EventType.QUIZ:
        return "current" if item.event.passed else ""
    return STATE_OF_TYPE.get(item.event.type, "")


def _quiz(event: CompetenceEvent) -> str:
    text = (
        _("quiz of level %(level)s passed")
        if event.passed
        else _("quiz of level %(level)s not passed")
    )
    return text % {"level": event.level}


def _observation(event: CompetenceEvent) -> str:
    values = {"rating": event.rating, "call": call_words(event.call)}
    if event.call:
        return _("%(call)s, rating %(rating)s") % values
    return _("rating %(rating)s") % values


def _suspension(event: CompetenceEvent) -> str:
    values = {"day": day(event.last_day)}
    if event.competence_id is None:
        return _("suspended from everything until %(day)s") % values
    return _("suspended until %(day)s") % values


WORDS = {
    EventType.QUIZ: _quiz,
    EventType.OBSERVATION: _observation,
    EventType.CALIBRATION: lambda event: (
        _("%(call)s calibrated: rating %(rating)s")
        % {"rating": event.rating, "call": call_words(event.call)}
    ),
    EventType.CHECK: lambda event: _("change checked"),
    EventType.PROGRESS: lambda event: _("a step of learning"),
    EventType.RATING: lambda event: (
        _("rating %(rating)s, shown beside the level") % {"rating": event.rating}
    ),
    EventType.DECLARED: lambda event: _("level %(level)s declared") % {"level": event.level},
    EventType.COMMISSION: lambda event: _("commission: level %(level)s") % {"level": event.level},
    EventType.OVERRIDE: lambda event: (
        _("raised to level %(level)s until %(day)s")
        % {"level": event.level, "day": day(event.last_day)}
    ),
    EventType.LEAVE: lambda event: (
        _("away from %(first)s to %(last)s")
        % {"first": day(event.first_day), "last": day(event.last_day)}
    ),
    EventType.SUSPENSION: _suspension,
    EventType.WITHDRAWAL: lambda event: (
        _("withdrawn: %(what)s") % {"what": WORDS[event.withdraws.type](event.withdraws)}
    ),
}


def proof_words(event: CompetenceEvent) -> str:
    """What was shown, and on which day."""
    return f"{WORDS[event.type](event)}, {day(event.on)}"


def state_words(row: Row) -> str:
    """The state of that day in a word."""
    return str(StateChoice(row.state).label) if row.state else _("not required")


def chip_words(cell: CellSegment) -> str:
    """The state, and the day that goes with it."""
    if cell.state == StateChoice.STALE and cell.check_by:
        return _("check by %(day)s") % {"day": format_date(cell.check_by, _("j F"))}
    if cell.state == StateChoice.DUE_SOON and cell.reason_day:
        return _("renew by %(day)s") % {"day": format_date(cell.reason_day, _("j F"))}
    return str(StateChoice(cell.state).label) if cell.state else _("not required")


def level_words(cell: CellSegment) -> str:
    """“2 of 2”, or the level alone where nothing is required."""
    if cell.target is None:
        return str(cell.level)
    return _("%(level)s of %(target)s") % {"level": cell.level, "target": cell.target}


def chain_nodes(
    cell: CellSegment, change, link, *, person: str, record_url: str = ""
) -> list[dict]:
    """The chain of a cell: article, competence, person; the last with its sign."""
    nodes = []
    if link:
        title = _("Article, v. %(number)s") % {"number": change.number} if change else link.label
        nodes.append({"icon": "article", "words": title, "url": link.url})
    nodes.append(
        {
            "icon": "competence",
            "words": f"{cell.competence.name} {cell.level}",
            "url": record_url or reverse("record", args=[cell.employee_id]),
            "current": True,
        }
    )
    if cell.state:
        nodes.append(
            {
                "icon": "person",
                "words": f"{person}: {chip_words(cell)}",
                "url": "",
                "state": cell.state,
            }
        )
    return nodes
