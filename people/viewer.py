"""The viewer: who is looking. The only thing a gate of visibility accepts."""

import datetime
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.models import Group
from django.db.models import Exists, OuterRef
from django.utils import timezone

from people.models import Assignment, Employee, Team, User
from people.roles import GROUP_PREFIX, Role
from people.zones import zone_or_default


def opens_admin() -> Exists:
    """For a group: the permission that the admin asks for at its door, so that the two answers are one."""
    return Exists(
        Group.permissions.through.objects.filter(
            group_id=OuterRef("pk"),
            permission__codename="access_admin",
            permission__content_type__app_label="wagtailadmin",
        )
    )


@dataclass(frozen=True, kw_only=True)
class Viewer:
    """A person at one moment, built once per request; the anonymous customer is ANONYMOUS.

    ``team_ids`` are the teams whose members' audience they belong to: their own and, for a lead, the
    teams they lead with all below. ``roles`` are role values such as "editor".
    """

    user_id: int | None = None
    employee_id: int | None = None
    name: str = ""
    short_name: str = ""
    team_ids: frozenset[int] = frozenset()
    led_team_ids: frozenset[int] = frozenset()
    roles: frozenset[str] = frozenset()
    is_superuser: bool = False
    may_enter_admin: bool = False
    zone: str = field(default_factory=lambda: settings.TIME_ZONE)
    language: str = ""
    theme: str = ""
    single_keys: bool = True

    @property
    def is_authenticated(self) -> bool:
        """Signed in at all."""
        return self.user_id is not None

    @property
    def is_employee(self) -> bool:
        """Works here today; superusers count, since they keep the house."""
        return self.employee_id is not None or self.is_superuser

    @property
    def edits_knowledge(self) -> bool:
        """May see every article whatever its audience, because they write or keep it."""
        return self.is_superuser or bool(self.roles & {Role.EDITOR, Role.ADMINISTRATOR})

    @property
    def sees_everything(self) -> bool:
        """Reads articles of every audience: editors, and the auditor, who reads all."""
        return self.edits_knowledge or Role.AUDITOR in self.roles

    def has_role(self, *roles: str) -> bool:
        """Holds any of ``roles``."""
        return bool(self.roles & set(roles))

    @property
    def tz(self) -> ZoneInfo:
        """The zone the person's days are counted in."""
        return zone_or_default(self.zone)

    @classmethod
    def of(cls, user: User | None, at: datetime.datetime | None = None) -> "Viewer":
        """The viewer behind ``user`` at the moment ``at`` (default now). At most five queries.

        A person who has left, is not hired yet, or whose login is closed is anonymous.
        """
        if user is None or not user.is_authenticated or not user.is_active:
            return ANONYMOUS
        at = at or timezone.now()
        # Where somebody has worked so far is a handful of rows, and brings the person along.
        career = list(
            Assignment.objects.filter(employee__user=user.pk)
            .select_related("employee")
            .order_by("starts_on")
        )
        employee = (
            career[-1].employee if career else Employee.objects.filter(user_id=user.pk).first()
        )
        zone = employee.tz if employee else ZoneInfo(settings.TIME_ZONE)
        day = at.astimezone(zone).date()
        working = employee is not None and employee.works_on(day)
        if employee is not None and not working:
            return ANONYMOUS
        groups = dict(
            user.groups.annotate(opens_admin=opens_admin()).values_list("name", "opens_admin")
        )
        roles = frozenset(
            name.removeprefix(GROUP_PREFIX) for name in groups if name.startswith(GROUP_PREFIX)
        )
        teams: frozenset[int] = frozenset()
        led: frozenset[int] = frozenset()
        if working:
            begun = [one.team_id for one in career if one.starts_on <= day]
            teams = frozenset(begun[-1:])
            if Role.LEAD in roles:
                led = Team.objects.filter(lead=employee).ids_with_descendants()
        return cls(
            user_id=user.pk,
            employee_id=employee.pk if working else None,
            name=employee.full_name if employee else user.get_full_name(),
            short_name=user.get_short_name(),
            team_ids=teams | led,
            led_team_ids=led,
            roles=roles,
            is_superuser=user.is_superuser,
            may_enter_admin=user.is_superuser or any(groups.values()),
            zone=zone.key,
            language=employee.language if employee else "",
            theme=employee.theme if employee else "",
            single_keys=employee.single_keys if employee else True,
        )


ANONYMOUS = Viewer()
# For commands and sweeps that must look at everything: no person, sees all audiences.
EVERYTHING = Viewer(is_superuser=True, name="system")
