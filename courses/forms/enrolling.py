"""Forms of putting people on a programme and taking them off."""

import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from common.widgets import DayInput
from courses.models import Programme
from people.models import Employee, Team


class ChooseForm(forms.Form):
    """Which programme, and from which team."""

    programme = forms.ModelChoiceField(
        Programme.objects.order_by("name"), label=_("Programme"), empty_label=None
    )
    team = forms.ModelChoiceField(Team.objects.none(), label=_("Team"), empty_label=None)

    def __init__(self, *args, teams, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].queryset = teams


class EnrollForm(forms.Form):
    """Who, and from which day on."""

    starts_on = forms.DateField(label=_("From"), widget=DayInput)
    people = forms.ModelMultipleChoiceField(
        Employee.objects.none(),
        label=_("People"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one person.")},
    )

    def __init__(self, *args, people, today: datetime.date, **kwargs) -> None:
        super().__init__(*args, initial={"starts_on": today}, **kwargs)
        self.fields["people"].queryset = people
        self.fields["people"].label_from_instance = lambda person: person.full_name


class StopForm(forms.Form):
    """Taking somebody off a programme."""

    reason = forms.CharField(
        label=_("Reason"), max_length=200, widget=forms.Textarea(attrs={"rows": 2})
    )
