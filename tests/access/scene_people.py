"""The people of the scene: who walks, and whose data must not be met."""

import datetime

from django.conf import settings
from django.contrib.auth.models import Group
from django.utils import timezone

from people.models import Assignment, Employee, Leave, Position, Shift, Team, User
from people.roles import Role, group_name
from tests.access.canaries import Canaries, word_for
from tests.access.roles import (
    GONE_OF,
    READS_ALL_PEOPLE,
    READS_NEWCOMER,
    STAFF,
    STAFF_OF,
)

SHOWN_IN_OFFICE = frozenset({"hr", "administrator"})
MONTHS = {"ru": "марта", "en": "March"}


class ScenePeople:
    """Teams, the cast, and a stranger with a mentor, a number and a leave."""

    def __init__(self, canaries: Canaries) -> None:
        self.canaries = canaries
        self.today = timezone.localdate()
        self.teams = self._teams()
        self.position = Position.objects.create(name="Оператор")
        self.cast = {
            handle: self.hire(full_name, handle, *roles)
            for handle, (full_name, roles) in {**STAFF_OF, **GONE_OF}.items()
        }
        self._arrange()
        self.leaves: dict[str, Leave] = {}
        self.shifts: dict[str, Shift] = {}
        self._hide_data()

    @staticmethod
    def _teams() -> dict[str, Team]:
        support = Team.objects.create(name="Поддержка")
        return {
            "support": support,
            "line_one": Team.objects.create(name="Линия 1", parent=support),
            "line_two": Team.objects.create(name="Линия 2", parent=support),
        }

    def hire(self, full_name: str, handle: str, *roles: str, team: str = "line_one") -> Employee:
        """Somebody with a login ``handle@example.test``."""
        first, _, last = full_name.partition(" ")
        user = User.objects.create_user(
            f"{handle}@example.test", "correct horse battery", first_name=first, last_name=last
        )
        for role in roles:
            user.groups.add(Group.objects.get_or_create(name=group_name(role))[0])
        hired_on = self.today - datetime.timedelta(days=400)
        employee = Employee.objects.create(
            user=user, full_name=full_name, hired_on=hired_on, zone=settings.TIME_ZONE
        )
        Assignment.objects.create(
            employee=employee, team=self.teams[team], position=self.position, starts_on=hired_on
        )
        return employee

    def _arrange(self) -> None:
        self.cast["newcomer"].mentor = self.cast["mentor"]
        self.cast["newcomer"].save()
        self.cast["teammate"].assignments.update(team=self.teams["line_two"])
        self.teams["line_one"].lead = self.cast["lead"]
        self.teams["line_one"].save()

    def _hide_data(self) -> None:
        put = self.canaries.put
        # Colleagues know each other's names, and whether somebody is ready for a queue.
        names = {"allowed": STAFF, "shown": SHOWN_IN_OFFICE}
        guide = self.hire(put("guide.name", **names), "guide", Role.MENTOR, team="line_two")
        stranger = self.hire(
            put("stranger.name", **names),
            word_for("stranger.email"),
            Role.OPERATOR,
            team="line_two",
        )
        put("stranger.email", allowed=READS_ALL_PEOPLE, shown=SHOWN_IN_OFFICE)
        stranger.mentor = guide
        stranger.external_id = put(
            "stranger.number", allowed=READS_ALL_PEOPLE, shown=SHOWN_IN_OFFICE
        )
        stranger.save()
        newcomer = self.cast["newcomer"]
        newcomer.external_id = put(
            "newcomer.number", allowed=READS_NEWCOMER, shown=SHOWN_IN_OFFICE | {"lead"}
        )
        newcomer.save()
        self.others = {"stranger": stranger, "guide": guide}
        self._take_leave(stranger, "stranger", 2087, READS_ALL_PEOPLE, SHOWN_IN_OFFICE)
        self._take_leave(newcomer, "newcomer", 2088, READS_NEWCOMER, SHOWN_IN_OFFICE | {"lead"})
        for name, person in {**self.cast, **self.others}.items():
            put(f"{name}.password", allowed=(), forms=[person.user.password])

    def _take_leave(self, employee, name: str, year: int, allowed, shown) -> None:
        day = datetime.date(year, 3, 17)
        forms = [f"{day:%Y-%m-%d}", f"{day:%d.%m.%Y}"]
        forms += [
            f"17 {MONTHS['ru']} {year}",
            f"{MONTHS['en']} 17, {year}",
            f"17 {MONTHS['en']} {year}",
        ]
        self.canaries.put(f"{name}.leave", allowed=allowed, shown=shown, forms=forms)
        self.leaves[name] = Leave.objects.create(employee=employee, starts_on=day, ends_on=day)
        start = datetime.datetime(year, 4, 2, 9, tzinfo=datetime.UTC)
        self.shifts[name] = Shift.objects.create(
            employee=employee, starts_at=start, ends_at=start + datetime.timedelta(hours=8)
        )

    def send_away(self) -> None:
        """Those who are gone leave; their sessions, begun before, are alive."""
        yesterday = self.today - datetime.timedelta(days=1)
        Employee.objects.filter(pk=self.cast["left"].pk).update(left_on=yesterday)
        User.objects.filter(pk=self.cast["deactivated"].user_id).update(is_active=False)
