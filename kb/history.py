"""How acts on articles and tags read in the history of the back office."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.log_actions import LogActionRegistry, LogFormatter

from competence.models import Competence
from kb.choices import Audience
from people.models import Team


class AudienceSet(LogFormatter):
    """Somebody else may read it."""

    label = gettext_lazy("Change audience")

    def format_message(self, log_entry) -> str:
        """From whom to whom."""
        before, after = log_entry.data.get("before", {}), log_entry.data.get("after", {})
        return _("Audience: %(before)s → %(after)s") % {
            "before": _readers(before),
            "after": _readers(after),
        }


class TeachesSet(LogFormatter):
    """It teaches other competences."""

    label = gettext_lazy("Change competences")

    def format_message(self, log_entry) -> str:
        """Which, now."""
        names = Competence.objects.filter(pk__in=log_entry.data.get("after", []))
        return _("Teaches: %(names)s") % {
            "names": ", ".join(names.values_list("name", flat=True)) or _("nothing")
        }


class Archived(LogFormatter):
    """Taken out of use."""

    label = gettext_lazy("Archive")
    message = gettext_lazy("Archived")


class TagsMerged(LogFormatter):
    """Two tags became one."""

    label = gettext_lazy("Merge tags")

    def format_message(self, log_entry) -> str:
        """Which tag is gone, and how many articles it stood on."""
        count = log_entry.data.get("articles", 0)
        words = ngettext(
            "Merged with “%(tag)s”, %(n)s article", "Merged with “%(tag)s”, %(n)s articles", count
        )
        return words % {"tag": log_entry.data.get("merged", ""), "n": count}


def _readers(stored: dict) -> str:
    value = stored.get("audience")
    label = str(dict(Audience.choices).get(value, value or "?"))
    if stored.get("teams"):
        names = Team.objects.filter(pk__in=stored["teams"]).order_by("name")
        label += f" ({', '.join(names.values_list('name', flat=True))})"
    return label


def register(actions: LogActionRegistry) -> None:
    """Register the acts of this app."""
    actions.register_action("kb.audience")(AudienceSet)
    actions.register_action("kb.archive")(Archived)
    actions.register_action("kb.teaches")(TeachesSet)
    actions.register_action("kb.merge_tags")(TagsMerged)
