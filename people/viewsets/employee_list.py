"""The list of employees in the back office: columns, filters, search, export."""

import django_filters
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, StatusTagColumn, TitleColumn
from wagtail.admin.views import generic

from people.models import Employee, Position, Team
from people.roles import GROUP_PREFIX, Role, group_name

HERE, COMING, LEAVING, GONE = "here", "coming", "leaving", "gone"
STATES = {
    HERE: gettext_lazy("Works here"),
    COMING: gettext_lazy("Starts later"),
    LEAVING: gettext_lazy("Leaves soon"),
    GONE: gettext_lazy("Has left"),
}


def state_of(employee: Employee) -> str:
    """Where ``employee`` stands today: coming, here, leaving, gone."""
    today = timezone.now().astimezone(employee.tz).date()
    if employee.left_on is not None and employee.left_on < today:
        return GONE
    if employee.hired_on > today:
        return COMING
    return LEAVING if employee.left_on is not None else HERE


def role_labels(employee: Employee) -> str:
    """The roles of ``employee`` in words; their groups are loaded already."""
    names = {group.name for group in employee.user.groups.all()}
    return ", ".join(str(role.label) for role in Role if group_name(role) in names)


class EmployeeFilterSet(WagtailFilterSet):
    """By state, team with the teams below it, position, role."""

    state = django_filters.ChoiceFilter(
        label=gettext_lazy("State"), choices=list(STATES.items()), method="filter_state"
    )
    team = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Team"), queryset=Team.objects.order_by("name"), method="filter_team"
    )
    position = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Position"),
        queryset=Position.objects.order_by("name"),
        method="filter_position",
    )
    role = django_filters.ChoiceFilter(
        label=gettext_lazy("Role"), choices=Role.choices, method="filter_role"
    )

    class Meta:
        model = Employee
        fields: list[str] = []

    def filter_state(self, queryset, name, value):
        today = timezone.localdate()
        return {
            HERE: queryset.working_on(today).filter(left_on__isnull=True),
            COMING: queryset.filter(hired_on__gt=today),
            LEAVING: queryset.working_on(today).filter(left_on__isnull=False),
            GONE: queryset.filter(left_on__lt=today),
        }[value]

    def filter_team(self, queryset, name, value):
        teams = Team.objects.filter(pk=value.pk).with_descendants().values("pk")
        return queryset.in_teams_on(teams, timezone.localdate())

    def filter_position(self, queryset, name, value):
        return queryset.with_assignment_on(timezone.localdate()).filter(position_id_then=value.pk)

    def filter_role(self, queryset, name, value):
        return queryset.filter(user__groups__name=GROUP_PREFIX + value)


class EmployeeIndexView(generic.IndexView):
    """The list, and its export in the columns the import reads."""

    add_item_label = gettext_lazy("Hire somebody")

    def get_base_queryset(self):
        people = Employee.objects.visible_to(self.request.viewer, timezone.now())
        return (
            people.with_place_names(timezone.localdate())
            .select_related("user", "mentor__user")
            .prefetch_related("user__groups")
        )

    def search_queryset(self, queryset):
        return queryset.matching(self.search_query)

    @cached_property
    def columns(self):
        title = self._get_title_column_class(TitleColumn)
        return [
            title(
                "full_name",
                label=_("Name"),
                sort_key="full_name",
                width="22%",
                get_url=self.get_inspect_url,
            ),
            Column("team_name", label=_("Team"), accessor="team_name", sort_key="team_name"),
            Column(
                "position_name",
                label=_("Position"),
                accessor="position_name",
                sort_key="position_name",
            ),
            Column(
                "mentor",
                label=_("Mentor"),
                accessor=lambda e: e.mentor.full_name if e.mentor else "",
            ),
            Column("roles", label=_("Roles"), accessor=role_labels),
            Column(
                "hired_on",
                label=_("Hired on"),
                sort_key="hired_on",
                accessor=lambda e: f"{e.hired_on:%d.%m.%Y}",
            ),
            StatusTagColumn(
                "state",
                label=_("State"),
                accessor=lambda e: STATES[state_of(e)],
                primary=lambda e: state_of(e) == HERE,
            ),
        ]

    def get_filename(self):
        return f"people-{timezone.localdate():%Y-%m-%d}"

    def to_row_dict(self, item):
        row = {
            "email": item.user.email,
            "full_name": item.full_name,
            "external_id": item.external_id or "",
            "team": item.team_name or "",
            "position": item.position_name or "",
            "mentor": item.mentor.user.email if item.mentor else "",
            "hired_on": item.hired_on,
            "left_on": item.left_on,
            "roles": role_labels(item),
            "zone": item.zone,
            "language": item.language,
        }
        # A spreadsheet would run a text that begins like a formula.
        return {
            key: f"'{value}"
            if isinstance(value, str) and value.startswith(("=", "+", "-", "@"))
            else value
            for key, value in row.items()
        }
