"""The form of a daily question: which card, which turn of it, which text."""

from django import forms


class TurnForm(forms.Form):
    """What the page that was shown asked; the answer is read beside it."""

    card = forms.IntegerField(min_value=1, max_value=2**63 - 1)
    turn = forms.IntegerField(min_value=0, max_value=2**31 - 1)
    asked = forms.RegexField(r"^[0-9a-f]{64}$")
