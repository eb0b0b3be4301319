"""The form of a verification: which version, and how it was checked, by the button that was pressed."""

from django import forms

from kb.choices import HowVerified

# What a person may say; an approval speaks for itself.
NOT_CHOSEN = (HowVerified.APPROVED, HowVerified.MISTAKE)
WAYS = [(how.value, how.label) for how in HowVerified if how not in NOT_CHOSEN]


class VerifyForm(forms.Form):
    """I have looked at this version, and it is true."""

    key = forms.UUIDField()
    number = forms.IntegerField(min_value=1, max_value=10**6)
    how = forms.ChoiceField(choices=WAYS)
