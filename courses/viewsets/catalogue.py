"""Programmes, lessons and practice tasks in the back office."""

from django.db.models import Count
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.snippets.views.snippets import (
    IndexView,
    SnippetViewSet,
    SnippetViewSetGroup,
)

from courses.models import Lesson, PracticeTask, Programme


class CatalogueViewSet(SnippetViewSet):
    """What they share."""

    copy_view_enabled = False
    add_to_reference_index = False
    search_backend_name = None
    list_per_page = 50


class ProgrammeIndexView(IndexView):
    """Programmes, with how many people are on the way."""

    def get_base_queryset(self):
        """With ``step_count``, counted in the same query."""
        return super().get_base_queryset().annotate(step_count=Count("steps"))


class ProgrammeViewSet(CatalogueViewSet):
    """Programmes."""

    model = Programme
    icon = "tasks"
    menu_label = _("Programmes")
    base_url_path = "learning/programmes"
    index_view_class = ProgrammeIndexView
    list_display = [
        "name",
        Column("position", label=_("Position"), accessor="position.name"),
        "working_days",
        Column("steps", label=_("Steps"), accessor="step_count"),
        BooleanColumn("is_active", label=_("New people enter it")),
    ]
    list_filter = ["position", "is_active"]
    search_fields = ["name"]


class LessonViewSet(CatalogueViewSet):
    """Lessons, with drafts."""

    model = Lesson
    icon = "doc-full"
    menu_label = _("Lessons")
    base_url_path = "learning/lessons"
    list_display = ["title", "minutes", BooleanColumn("live", label=_("Published"))]
    list_filter = ["live", "competences"]
    search_fields = ["title"]


class PracticeTaskViewSet(CatalogueViewSet):
    """Practice tasks."""

    model = PracticeTask
    icon = "clipboard-list"
    menu_label = _("Practice tasks")
    base_url_path = "learning/practice"
    list_display = [
        "name",
        "repetitions",
        "target",
        BooleanColumn("needs_second", label=_("A second assessor signs")),
    ]
    list_filter = ["competences", "needs_second"]
    search_fields = ["name"]


class LearningGroup(SnippetViewSetGroup):
    """The menu "Learning"."""

    menu_label = _("Learning")
    menu_name = "learning"
    menu_icon = "tasks"
    menu_order = 170
    items = (ProgrammeViewSet, LessonViewSet, PracticeTaskViewSet)
