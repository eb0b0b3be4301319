"""What a person chooses to be told, how soon, and where."""

import datetime

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from notifications.extensions import Group
from notifications.models import DeliverySettings, PaceChoice
from notifications.pacing import Pace
from notifications.services.chat import is_address, is_allowed


class ClockInput(forms.TimeInput):
    """The browser's own field for a time of day."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M", attrs={"class": "input input--short"})


class PacesForm(forms.Form):
    """One choice per group of kinds: at once, once a day, not by mail."""

    def __init__(self, *args, chosen: list[tuple[Group, Pace]], **kwargs) -> None:
        super().__init__(*args, prefix="pace", **kwargs)
        for group, pace in chosen:
            self.fields[group.key] = forms.ChoiceField(
                label=group.label, help_text=group.note, choices=PaceChoice.choices, initial=pace
            )

    @property
    def paces(self) -> dict[str, Pace]:
        """The choice for each group, by its key."""
        return {key: Pace(value) for key, value in self.cleaned_data.items()}


class DeliverySettingsForm(forms.ModelForm):
    """Quiet hours, the hour of the digest, and, where the administrator allows one, a chat."""

    class Meta:
        model = DeliverySettings
        fields = ["digest_at", "quiet_from", "quiet_until", "chat_address"]
        widgets = {
            "digest_at": ClockInput,
            "quiet_from": ClockInput,
            "quiet_until": ClockInput,
            "chat_address": forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        }
        help_texts = {
            "quiet_until": _("What is not urgent waits until then. Empty: no quiet hours."),
        }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if not settings.CHATS:
            del self.fields["chat_address"]
            return
        self.fields["chat_address"].help_text = _(
            "Says only that there is something, with a link. Begins with: %(beginnings)s"
        ) % {"beginnings": ", ".join(settings.CHATS)}

    def clean_chat_address(self) -> str:
        """An address that the administrator allows and that a chat service understands."""
        address = self.cleaned_data["chat_address"].strip()
        if address and not is_allowed(address):
            raise ValidationError(_("This chat is not allowed here."))
        if address and not is_address(address):
            raise ValidationError(_("No chat understands this address."))
        return address

    def clean(self) -> dict[str, datetime.time | str | None]:
        """Quiet hours have both ends or none."""
        cleaned = super().clean()
        ends = [cleaned.get("quiet_from"), cleaned.get("quiet_until")]
        named_wrong = {"quiet_from", "quiet_until"} & set(self.errors)
        if not named_wrong and any(ends) and None in ends:
            missing = "quiet_from" if ends[0] is None else "quiet_until"
            self.add_error(missing, _("Name both ends of the quiet hours, or none."))
        return cleaned
