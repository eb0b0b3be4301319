"""The catalogue in the back office; a changed row judges the cells it touches anew."""

from django.db import transaction
from django.db.models import ProtectedError
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet

from competence.forms.catalogue import CompetenceForm, RequirementForm, WindowForm
from competence.models import (
    Area,
    Competence,
    PositionRequirement,
    Queue,
    RecertificationWindow,
)
from competence.services.changes import refresh_competence
from competence.services.segments import rebuild


def judge_touched(row) -> None:
    """Judge the cells that a changed row of the catalogue touches."""
    now = timezone.now()
    if isinstance(row, Competence):
        refresh_competence(competence=row, now=now)
    elif isinstance(row, PositionRequirement):
        refresh_competence(competence=row.competence, now=now)
    elif isinstance(row, RecertificationWindow):
        rebuild(now=now)


class JudgingMixin:
    """After the row is written, the cells follow."""

    def save_instance(self):
        before = (
            type(self.object).objects.filter(pk=self.object.pk).first()
            if getattr(self, "object", None)
            else None
        )
        row = super().save_instance()
        judge_touched(row)
        if isinstance(before, PositionRequirement) and before.competence_id != row.competence_id:
            judge_touched(before)
        return row


class AddView(JudgingMixin, generic.CreateView):
    """A new row."""


class EditView(JudgingMixin, generic.EditView):
    """A changed row."""


class DeleteView(generic.DeleteView):
    """A row that goes; the cells follow. What something rests on stays."""

    def post(self, request, *args, **kwargs):
        try:
            with transaction.atomic():
                return super().post(request, *args, **kwargs)
        except ProtectedError:
            messages.error(request, _("“%(name)s” is in use and stays.") % {"name": self.object})
            return redirect(self.index_url_name)

    def delete_action(self):
        row = self.object
        super().delete_action()
        judge_touched(row)


class CatalogueViewSet(ModelViewSet):
    """What they share."""

    copy_view_enabled = False
    add_to_reference_index = False
    search_backend_name = None
    list_per_page = 50
    add_view_class = AddView
    edit_view_class = EditView
    delete_view_class = DeleteView


class AreaViewSet(CatalogueViewSet):
    """Areas."""

    model = Area
    name = "competence_areas"
    url_prefix = "competences/areas"
    icon = "folder-open-inverse"
    menu_label = _("Areas")
    form_fields = ["name", "order"]
    list_display = ["name", "order"]
    search_fields = ["name"]


class CompetenceViewSet(CatalogueViewSet):
    """Competences."""

    model = Competence
    name = "competence_competences"
    url_prefix = "competences/all"
    icon = "list-ul"
    menu_label = _("Competences")
    list_display = [
        "name",
        Column("area", label=_("Area"), accessor="area.name"),
        Column("kind", label=_("Kind"), accessor="get_kind_display"),
        Column("risk", label=_("Risk"), accessor="get_risk_display"),
    ]
    list_filter = ["area", "kind", "risk"]
    search_fields = ["name"]

    def get_form_class(self, for_update=False):
        return CompetenceForm


class RequirementViewSet(CatalogueViewSet):
    """What positions require."""

    model = PositionRequirement
    name = "competence_requirements"
    url_prefix = "competences/requirements"
    icon = "tasks"
    menu_label = _("Requirements")
    list_display = [
        "position",
        Column("competence", label=_("Competence"), accessor="competence.name"),
        "level",
        "upper",
        "queue",
        "starts_on",
    ]
    list_filter = ["position", "competence", "queue"]
    search_fields = ["competence__name", "position__name"]

    def get_form_class(self, for_update=False):
        return RequirementForm


class QueueViewSet(CatalogueViewSet):
    """Queues and what their gates do."""

    model = Queue
    name = "competence_queues"
    url_prefix = "competences/queues"
    icon = "clipboard-list"
    menu_label = _("Queues")
    form_fields = ["name", "gate_mode"]
    list_display = ["name", Column("gate", label=_("Gate"), accessor="get_gate_mode_display")]
    search_fields = ["name"]


class WindowViewSet(CatalogueViewSet):
    """Recertification windows."""

    model = RecertificationWindow
    name = "competence_windows"
    url_prefix = "competences/windows"
    icon = "calendar"
    menu_label = _("Recertification windows")
    list_display = ["name", "starts_on", "ends_on"]
    search_fields = ["name"]

    def get_form_class(self, for_update=False):
        return WindowForm


class CompetenceGroup(ViewSetGroup):
    """The menu "Competences"."""

    menu_label = _("Competences")
    menu_name = "competences"
    menu_icon = "list-ul"
    menu_order = 160
    items = (CompetenceViewSet, RequirementViewSet, AreaViewSet, QueueViewSet, WindowViewSet)
