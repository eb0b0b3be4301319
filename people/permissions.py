"""What each role may do with people, and who may enter the URLs of this app."""

from common.access import SIGNED_IN, Rule
from people.roles import Role

GRANTS: dict[str, list[str]] = {
    Role.HR: [
        "wagtailadmin.access_admin",
        "people.add_employee",
        "people.change_employee",
        "people.view_employee",
        "people.add_team",
        "people.change_team",
        "people.view_team",
        "people.add_position",
        "people.change_position",
        "people.view_position",
        "people.add_assignment",
        "people.change_assignment",
        "people.view_assignment",
        "people.add_leave",
        "people.change_leave",
        "people.delete_leave",
        "people.view_leave",
        "people.add_shift",
        "people.change_shift",
        "people.delete_shift",
        "people.view_shift",
    ],
    Role.LEAD: [
        "wagtailadmin.access_admin",
        "people.view_employee",
        "people.view_team",
        "people.view_assignment",
        "people.view_leave",
        "people.view_shift",
    ],
    Role.ADMINISTRATOR: ["wagtailadmin.access_admin"],
    Role.AUDITOR: [],
    Role.OPERATOR: [],
    Role.MENTOR: [],
    Role.REVIEWER: [],
}

ACCESS: dict[str, Rule] = {"profile": SIGNED_IN}
