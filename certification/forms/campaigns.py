"""Forms of campaigns: what is planned, opening it, another day for somebody, calling it off."""

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from certification.models.campaigns import DEFAULT_PERCENT
from common.widgets import DayInput
from competence.models import RecertificationWindow
from people.models import Team


class PlanForm(forms.Form):
    """For which window, which lines, and how many of a line may be away at once."""

    window = forms.ModelChoiceField(
        RecertificationWindow.objects.none(), label=_("Recertification window"), empty_label=None
    )
    percent = forms.IntegerField(
        label=_("Of a line may be away at once, %"),
        min_value=1,
        max_value=100,
        initial=DEFAULT_PERCENT,
        help_text=_("Rounded down; of a small line one in any case."),
    )
    teams = forms.ModelMultipleChoiceField(
        Team.objects.none(),
        label=_("Lines"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one line.")},
    )

    def __init__(self, *args, windows, teams, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["window"].queryset = windows
        self.fields["window"].label_from_instance = _window_words
        self.fields["teams"].queryset = teams
        self.initial.setdefault("teams", [one.pk for one in teams])


def _window_words(window: RecertificationWindow) -> str:
    first, last = (date_format(day, "j E Y") for day in (window.starts_on, window.ends_on))
    return f"{window.name}: {first} – {last}"


class OpenForm(forms.Form):
    """Opening with its one-time key."""

    key = forms.UUIDField()


class MoveForm(forms.Form):
    """Another day for a paper."""

    day = forms.DateField(label=_("Day"), widget=DayInput)


class CancelForm(forms.Form):
    """Calling a campaign off."""

    reason = forms.CharField(
        label=_("Reason"), max_length=200, widget=forms.Textarea(attrs={"rows": 2})
    )
