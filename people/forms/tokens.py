"""A new key to the API."""

from django import forms
from django.utils.translation import gettext_lazy as _


class TokenForm(forms.Form):
    """What the key is for."""

    name = forms.CharField(
        label=_("What it is for"), max_length=60, help_text=_("“Helpdesk of line 1”, say.")
    )
