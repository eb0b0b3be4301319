"""Forms of what one person records in another's record. Each carries a one-time key against the second click."""

import datetime
import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from common.widgets import DayInput
from competence.choices import Channel
from competence.models import Competence
from competence.rule.calendar import add_days
from competence.rule.figures import DEFAULT_FIGURES


class ActForm(forms.Form):
    """What all of them share."""

    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, today: datetime.date, competences, **kwargs) -> None:
        initial = {"key": uuid.uuid4()} | kwargs.pop("initial", {})
        super().__init__(*args, initial=initial, **kwargs)
        self.today = today
        if "competence" in self.fields:
            self.fields["competence"].queryset = competences


class ObserveForm(ActForm):
    """A call, ticket or chat, rated."""

    competence = forms.ModelChoiceField(
        Competence.objects.none(), label=_("Competence"), empty_label=None
    )
    rating = forms.TypedChoiceField(
        label=_("How it goes"),
        coerce=int,
        choices=[
            (0, _("Not yet")),
            (1, _("With help")),
            (2, _("Alone, typical case")),
            (3, _("Alone, unusual case")),
            (4, _("Teaches it to others")),
        ],
        widget=forms.RadioSelect,
    )
    channel = forms.ChoiceField(label=_("Seen on"), choices=Channel.choices)
    reference = forms.CharField(
        label=_("Number"),
        max_length=64,
        required=False,
        widget=forms.TextInput(attrs={"class": "input--short", "autocomplete": "off"}),
    )
    observed_on = forms.DateField(label=_("Day"), widget=DayInput)
    comment = forms.CharField(
        label=_("What next"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Say it when the rating is below what is needed."),
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("observed_on", self.today)
        self.initial.setdefault("channel", Channel.CALL)


class SuspendForm(ActForm):
    """May not, through a day."""

    competence = forms.ModelChoiceField(
        Competence.objects.none(),
        label=_("Competence"),
        required=False,
        empty_label=_("All of them"),
    )
    until = forms.DateField(label=_("Through"), widget=DayInput)
    reason = forms.CharField(
        label=_("Why"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        last = add_days(self.today, DEFAULT_FIGURES.suspension_days - 1)
        _bound(self.fields["until"], self.today, last)


class OverrideForm(ActForm):
    """Raised to a level, through a day."""

    competence = forms.ModelChoiceField(
        Competence.objects.none(), label=_("Competence"), empty_label=None
    )
    level = forms.TypedChoiceField(
        label=_("To level"), coerce=int, choices=[(1, "1"), (2, "2"), (3, "3")]
    )
    until = forms.DateField(label=_("Through"), widget=DayInput)
    reason = forms.CharField(
        label=_("Why"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        _bound(
            self.fields["until"], self.today, add_days(self.today, DEFAULT_FIGURES.override_days)
        )


class WithdrawForm(ActForm):
    """An event is taken back."""

    reason = forms.CharField(
        label=_("Why"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )


def _bound(field: forms.DateField, first: datetime.date, last: datetime.date) -> None:
    field.widget.attrs.update({"min": first.isoformat(), "max": last.isoformat()})
