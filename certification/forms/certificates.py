"""The forms of certificates: a number to check, and a reason to revoke one."""

from django import forms
from django.utils.translation import gettext_lazy as _


class RevokeForm(forms.Form):
    """Why it is worth nothing any more."""

    reason = forms.CharField(
        label=_("Why"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The holder reads it. The public page says only that it was revoked."),
    )
