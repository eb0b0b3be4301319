"""The forms that take a question out of use and bring it back."""

from django import forms
from django.utils.translation import gettext_lazy as _

from certification.choices import RemedyChoice
from certification.rules.rescoring import Remedy

LONGEST_REASON = 500


class SuspendForm(forms.Form):
    """What becomes of its point, and why."""

    remedy = forms.TypedChoiceField(choices=RemedyChoice.choices, coerce=Remedy)
    reason = forms.CharField(
        label=_("Why"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Whoever took the test reads it beside the result, where the test lets them see what was right."
        ),
    )
    key = forms.UUIDField(widget=forms.HiddenInput)


class LiftForm(forms.Form):
    """Why the question was right after all."""

    reason = forms.CharField(
        label=_("Why"), max_length=LONGEST_REASON, widget=forms.Textarea(attrs={"rows": 3})
    )
