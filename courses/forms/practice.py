"""Forms of practice: ready to show, the signature, taking it back."""

import datetime
import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from common.widgets import DayInput
from courses.choices import Proof
from courses.models import PracticeTask
from courses.rule.showing import Showing

NUMBER = {"class": "input--short figures", "autocomplete": "off"}


class AskForm(forms.Form):
    """Ready to show, with the number of the call if there is one already."""

    reference = forms.CharField(
        label=_("Number"), max_length=64, required=False, widget=forms.TextInput(attrs=NUMBER)
    )

    def __init__(self, *args, task: PracticeTask, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if task.proof == Proof.NONE:
            del self.fields["reference"]
        else:
            self.fields["reference"].label = task.get_proof_display()


class SignForm(forms.Form):
    """One overall rating, the number, signed. It carries the showing it was opened for and a one-time key."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    showing = forms.CharField(widget=forms.HiddenInput, max_length=20)
    rating = forms.TypedChoiceField(
        label=_("How it goes"),
        coerce=int,
        choices=[
            (0, _("Not yet")),
            (1, _("With help")),
            (2, _("Alone, typical case")),
            (3, _("Alone, unusual case")),
        ],
        widget=forms.RadioSelect,
    )
    reference = forms.CharField(
        label=_("Number"), max_length=64, required=False, widget=forms.TextInput(attrs=NUMBER)
    )
    comment = forms.CharField(
        label=_("What next"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Say it when the rating is below what is needed."),
    )
    observed_on = forms.DateField(label=_("Day"), widget=DayInput)

    def __init__(
        self,
        *args,
        task: PracticeTask,
        today: datetime.date,
        showing: Showing | None = None,
        reference: str = "",
        **kwargs,
    ) -> None:
        initial = {"key": uuid.uuid4(), "observed_on": today, "reference": reference}
        if showing is not None:
            initial["showing"] = f"{showing.repetition}-{showing.round}-{showing.place}"
        super().__init__(*args, initial=initial, **kwargs)
        if task.proof == Proof.NONE:
            del self.fields["reference"]
        else:
            self.fields["reference"].label = task.get_proof_display()
            self.fields["reference"].required = True

    def clean_showing(self) -> Showing:
        """The showing the form was opened for."""
        numbers = self.cleaned_data["showing"].split("-")
        if len(numbers) != 3 or not all(one.isdecimal() and len(one) < 4 for one in numbers):
            raise forms.ValidationError(_("Open the page again."))
        return Showing(*map(int, numbers))


class WithdrawForm(forms.Form):
    """Taking a signature back; a reason is asked for after the first minutes."""

    reason = forms.CharField(
        label=_("Reason"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
