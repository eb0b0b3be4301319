"""What people adds to the admin: its menu, the narrowed area of users, the words of its history."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup

from people import history
from people.choosers import employee_chooser
from people.roles import Role
from people.viewsets.absence import LeaveViewSet, ShiftViewSet
from people.viewsets.accounts import refuse_bulk_actions
from people.viewsets.employees import EmployeeViewSet
from people.viewsets.imports import ImportViewSet
from people.viewsets.structure import PositionViewSet, TeamViewSet
from people.viewsets.tokens import TokenViewSet


class PeopleGroup(ViewSetGroup):
    """The menu "People"."""

    menu_label = _("People")
    menu_name = "people"
    menu_icon = "group"
    menu_order = 150
    items = (
        EmployeeViewSet,
        TeamViewSet,
        PositionViewSet,
        LeaveViewSet,
        ShiftViewSet,
        ImportViewSet,
        TokenViewSet,
    )


@hooks.register("register_admin_viewset")
def register_people():
    """The screens of people, and the dialog for choosing one."""
    return [PeopleGroup(), employee_chooser]


@hooks.register("register_log_actions")
def register_log_actions(actions) -> None:
    """The acts on people, as they read in the history."""
    history.register(actions)


hooks.register("before_bulk_action", refuse_bulk_actions)


@hooks.register("construct_reports_menu")
def hide_site_history(request, menu_items) -> None:
    """The history of everybody and everything is the administrators'; the URL is closed to others likewise."""
    viewer = request.viewer
    if not (viewer.is_superuser or viewer.has_role(Role.ADMINISTRATOR)):
        menu_items[:] = [item for item in menu_items if item.name != "site-history"]
