"""What each role may do with people, and who may enter the URLs of this app."""

from common.access import BACK_OFFICE, CLOSED, EMPLOYEE, SIGNED_IN, Rule
from people.roles import Role

_KEEPS_PEOPLE = [
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
]

GRANTS: dict[str, list[str]] = {
    Role.HR: _KEEPS_PEOPLE,
    # Which people a lead sees is the policy's business: those of their teams.
    Role.LEAD: [
        "wagtailadmin.access_admin",
        "people.view_employee",
        "people.view_leave",
        "people.view_shift",
    ],
    Role.ADMINISTRATOR: [
        *_KEEPS_PEOPLE,
        "people.add_user",
        "people.change_user",
        "people.view_user",
        "wagtailcore.view_apitoken",
        "wagtailcore.delete_apitoken",
        "auth.add_group",
        "auth.change_group",
        "auth.delete_group",
        "auth.view_group",
    ],
}

ADMINISTRATORS = Rule(
    "administrators", lambda viewer: viewer.is_superuser or Role.ADMINISTRATOR in viewer.roles
)

# Those who put a person into a field: it lists everybody's name, team and position.
CHOOSE_PEOPLE = Rule(
    "who chooses people",
    lambda viewer: (
        viewer.is_superuser or bool(viewer.roles & {Role.HR, Role.EDITOR, Role.ADMINISTRATOR})
    ),
)

ACCESS: dict[str, Rule] = {
    "profile": SIGNED_IN,
    "api_tokens": EMPLOYEE,
    "api_token_revoke": EMPLOYEE,
    # Keys are made by their owners and renamed by nobody; administrators see them all and take them away.
    "people_tokens:*": ADMINISTRATORS,
    "people_tokens:add": CLOSED,
    "people_tokens:edit": CLOSED,
    "people_employees:*": BACK_OFFICE,
    "people_teams:*": BACK_OFFICE,
    "people_positions:*": BACK_OFFICE,
    "people_leaves:*": BACK_OFFICE,
    "people_shifts:*": BACK_OFFICE,
    "people_import:*": BACK_OFFICE,
    "people_chooser:*": CHOOSE_PEOPLE,
    # People are hired, not made in passing, and chosen one by one: both views of Wagtail's are not used.
    "people_chooser:create": CLOSED,
    "people_chooser:chosen_multiple": CLOSED,
    # Logins, groups and the history of everything; Wagtail would show these by single permissions.
    "wagtailusers_users:*": ADMINISTRATORS,
    "wagtailusers_groups:*": ADMINISTRATORS,
    "wagtailadmin_reports:site_history": ADMINISTRATORS,
    "wagtailadmin_reports:site_history_results": ADMINISTRATORS,
}
