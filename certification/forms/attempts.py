"""Forms of tests: the one-time key of a start, and a save of an answer."""

from django import forms

LARGEST = 2**31 - 1


class StartForm(forms.Form):
    """A start with its one-time key."""

    key = forms.UUIDField()


class SaveForm(forms.Form):
    """One save: which tab, its own count, whether the question is put aside; answers are read beside it."""

    client = forms.RegexField(r"^[0-9a-f-]{8,36}$", max_length=36)
    seq = forms.IntegerField(min_value=1, max_value=LARGEST)
    flagged = forms.BooleanField(required=False)
