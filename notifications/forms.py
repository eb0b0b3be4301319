"""What a person chooses to be told by mail."""

from django import forms
from django.utils.translation import gettext_lazy as _

from notifications.extensions import Group


class MailForm(forms.Form):
    """One box per group of kinds."""

    mail = forms.MultipleChoiceField(
        label=_("Send me an e-mail too"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, choices: list[tuple[Group, bool]], **kwargs) -> None:
        super().__init__(
            *args, initial={"mail": [group.key for group, is_on in choices if is_on]}, **kwargs
        )
        self.fields["mail"].choices = [(group.key, group.label) for group, _is_on in choices]
