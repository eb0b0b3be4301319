"""Teams: who leads them and which one each is part of."""

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from people.models import Employee, Team, User
from people.names import tidy
from people.refusals import Refusal


class TeamInsideItself(Refusal):
    """A team would be part of itself, directly or through teams below it."""


class TeamNameTaken(Refusal):
    """Another team is called so already, but for upper and lower case."""


class UnsuitableLead(Refusal):
    """The lead has left."""


@transaction.atomic
def save_team(
    *, team: Team, name: str, parent: Team | None, lead: Employee | None, by: User | None
) -> Team:
    """Write ``team`` (a new one, if it has no key yet) with its name, place and lead.

    Raises TeamNameTaken, TeamInsideItself, UnsuitableLead.
    """
    name = tidy(name)
    others = Team.objects.exclude(pk=team.pk).values_list("name", flat=True)
    if name.casefold() in {other.casefold() for other in others}:
        raise TeamNameTaken(_("There is a team “%(name)s” already.") % {"name": name})
    above = parent
    while above is not None:
        if team.pk is not None and above.pk == team.pk:
            raise TeamInsideItself(
                _("“%(name)s” cannot be part of itself.") % {"name": team.name or name}
            )
        above = above.parent
    if lead is not None and lead.left_on is not None:
        raise UnsuitableLead(_("%(name)s has left.") % {"name": lead.full_name})
    is_new = team.pk is None
    team.name, team.parent, team.lead = name, parent, lead
    team.save()
    log(team, "wagtail.create" if is_new else "wagtail.edit", user=by, content_changed=True)
    return team
