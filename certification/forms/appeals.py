"""The forms of an appeal: what is wrong, and what is decided."""

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST_WORDS = 1000


class AppealForm(forms.Form):
    """What is wrong with how the answer was judged."""

    words = forms.CharField(
        label=_("What is wrong"),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Who decides reads this and your answer, not whose they are."),
    )


class DecideForm(forms.Form):
    """Whether the answer counts, and why."""

    accepted = forms.TypedChoiceField(
        label=_("Decision"),
        choices=[("yes", _("The answer counts")), ("no", _("It was judged rightly"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("Why"),
        max_length=LONGEST_WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args, shows_right: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].help_text = (
            _("Whoever appealed reads it. A refusal says why.")
            if shows_right
            else _(
                "Whoever appealed reads it. A refusal says why, without what is right: this test does not show it."
            )
        )
