"""Choosing a person in the admin: by name instead of from a list of thousands."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.chooser import ChooseResultsView, ChooseView
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.widgets import BaseChooser

from people.models import Employee
from people.querysets import MOST_WORDS


class PeopleFilterForm(BaseFilterForm):
    """Words that a name contains. Not addresses or numbers: trying would tell them to whoever may not read them."""

    q = forms.CharField(
        label=_("Search"),
        required=False,
        widget=forms.TextInput(attrs={"placeholder": _("Search")}),
    )

    def filter(self, objects):
        objects = super().filter(objects)
        self.search_query = self.cleaned_data.get("q", "")
        self.is_searching = bool(self.search_query)
        for word in self.search_query.split()[:MOST_WORDS]:
            objects = objects.filter(full_name__icontains=word)
        return objects


class PeopleListMixin:
    """People who work here, with team and position."""

    filter_form_class = PeopleFilterForm
    ordering = "full_name"

    def get_object_list(self):
        return Employee.objects.working_on(timezone.localdate()).with_place_names(
            timezone.localdate()
        )

    @property
    def columns(self):
        return [
            *super().columns,
            Column("team_name", label=_("Team"), accessor="team_name"),
            Column("position_name", label=_("Position"), accessor="position_name"),
        ]


class ChoosePersonView(PeopleListMixin, ChooseView):
    """The whole dialog."""


class ChoosePersonResultsView(PeopleListMixin, ChooseResultsView):
    """The results alone."""


class PersonField(BaseChooser):
    """The field that opens the dialog."""

    def get_instance(self, value):
        """The person, or None; also for what is no number at all, which Wagtail's own fails on."""
        try:
            return super().get_instance(value)
        except (ValueError, OverflowError):
            return None


class EmployeeChooserViewSet(ChooserViewSet):
    """The dialog behind every field of the admin that holds an employee."""

    model = Employee
    icon = "user"
    choose_one_text = _("Choose a person")
    choose_another_text = _("Choose another person")
    edit_item_text = _("Open this person")
    base_widget_class = PersonField
    choose_view_class = ChoosePersonView
    choose_results_view_class = ChoosePersonResultsView


employee_chooser = EmployeeChooserViewSet("people_chooser", url_prefix="people/choose")
PersonWidget = employee_chooser.widget_class
