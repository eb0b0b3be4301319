"""Teams and positions in the back office."""

from django.db.models import Count
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column, NumberColumn, TitleColumn
from wagtail.admin.views import generic

from people.forms.structure import PositionForm, TeamForm
from people.models import Assignment, Employee, Position, Team
from people.viewsets.refusing import KeptViewSet, RefusingMixin


def counts_today(field: str) -> dict[int, int]:
    """How many people who work here today each team or position has. One query."""
    today = timezone.localdate()
    held = Assignment.objects.in_force_on(today).filter(
        employee__in=Employee.objects.working_on(today).values("pk")
    )
    return dict(held.order_by().values_list(field).annotate(n=Count("pk")))


class TeamIndexView(generic.IndexView):
    """The teams with their lead and how many people they have."""

    add_item_label = gettext_lazy("New team")

    def get_base_queryset(self):
        return Team.objects.select_related("parent", "lead")

    @cached_property
    def columns(self):
        people = counts_today("team_id")
        return [
            self._get_title_column("name", TitleColumn),
            Column("parent", label=_("Part of"), sort_key="parent__name"),
            Column("lead", label=_("Lead"), sort_key="lead__full_name"),
            NumberColumn("people", label=_("People"), accessor=lambda team: people.get(team.pk, 0)),
        ]


class TeamAddView(RefusingMixin, generic.CreateView):
    """A new team."""


class TeamEditView(RefusingMixin, generic.EditView):
    """A team changes its name, place or lead."""


class TeamViewSet(KeptViewSet):
    """Teams."""

    model = Team
    name = "people_teams"
    url_prefix = "people/teams"
    icon = "group"
    menu_label = gettext_lazy("Teams")
    menu_order = 20
    ordering = "name"
    search_fields = ("name",)
    index_view_class = TeamIndexView
    add_view_class = TeamAddView
    edit_view_class = TeamEditView

    def get_form_class(self, for_update=False):
        return TeamForm


class PositionIndexView(generic.IndexView):
    """The positions with how many people hold them."""

    add_item_label = gettext_lazy("New position")

    @cached_property
    def columns(self):
        people = counts_today("position_id")
        return [
            self._get_title_column("name", TitleColumn),
            NumberColumn(
                "people", label=_("People"), accessor=lambda position: people.get(position.pk, 0)
            ),
        ]


class PositionViewSet(KeptViewSet):
    """Positions."""

    model = Position
    name = "people_positions"
    url_prefix = "people/positions"
    icon = "tag"
    menu_label = gettext_lazy("Positions")
    menu_order = 30
    ordering = "name"
    search_fields = ("name",)
    index_view_class = PositionIndexView

    def get_form_class(self, for_update=False):
        return PositionForm
