"""How acts on people read in the history of the back office."""

import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogActionRegistry, LogFormatter

from people.roles import Role


class Hired(LogFormatter):
    """Somebody was hired."""

    label = gettext_lazy("Hire")

    def format_message(self, log_entry) -> str:
        return _("Hired, from %(day)s") % {"day": _day(log_entry.data.get("on"))}


class Assigned(LogFormatter):
    """Another team or position."""

    label = gettext_lazy("Change team or position")

    def format_message(self, log_entry) -> str:
        return _("%(team)s, %(position)s, from %(day)s") % {
            "team": log_entry.data.get("team", ""),
            "position": log_entry.data.get("position", ""),
            "day": _day(log_entry.data.get("on")),
        }


class MentorSet(LogFormatter):
    """Another mentor, or none."""

    label = gettext_lazy("Change mentor")

    def format_message(self, log_entry) -> str:
        if mentor := log_entry.data.get("mentor"):
            return _("Mentor: %(name)s") % {"name": mentor}
        return _("No mentor any more")


class RolesSet(LogFormatter):
    """Other roles."""

    label = gettext_lazy("Change roles")

    def format_message(self, log_entry) -> str:
        added = [_("%(role)s added") % {"role": _role(r)} for r in log_entry.data.get("added", [])]
        removed = [
            _("%(role)s removed") % {"role": _role(r)} for r in log_entry.data.get("removed", [])
        ]
        return ", ".join(added + removed)


class LeaveRecorded(LogFormatter):
    """Days away."""

    label = gettext_lazy("Record leave")

    def format_message(self, log_entry) -> str:
        return _("Away from %(start)s to %(end)s") % {
            "start": _day(log_entry.data.get("start")),
            "end": _day(log_entry.data.get("end")),
        }


class Departed(LogFormatter):
    """The last day."""

    label = gettext_lazy("Leave the company")

    def format_message(self, log_entry) -> str:
        return _("Leaves, last day %(day)s") % {"day": _day(log_entry.data.get("on"))}


def register(actions: LogActionRegistry) -> None:
    """Add the acts of this app to ``actions``."""
    for name, formatter in (
        ("people.hire", Hired),
        ("people.assign", Assigned),
        ("people.mentor", MentorSet),
        ("people.roles", RolesSet),
        ("people.leave", LeaveRecorded),
        ("people.leave_company", Departed),
    ):
        actions.register_action(name)(formatter)
    actions.register_action(
        "people.details", gettext_lazy("Change details"), gettext_lazy("Details changed")
    )
    actions.register_action(
        "people.return", gettext_lazy("Return"), gettext_lazy("Works here again")
    )


def _day(value: str | None) -> str:
    return f"{datetime.date.fromisoformat(value):%d.%m.%Y}" if value else ""


def _role(value: str) -> str:
    return str(Role(value).label) if value in Role.values else value
