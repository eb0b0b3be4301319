"""What a person chooses for themselves on the profile page."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from people.models import Theme
from people.viewer import Viewer
from people.zones import zones_to_choose


class ProfileForm(forms.Form):
    """Language, zone, theme, single keys."""

    language = forms.ChoiceField(
        label=_("Language"), choices=settings.LANGUAGES, widget=forms.RadioSelect
    )
    zone = forms.ChoiceField(
        label=_("Time zone"), help_text=_("Days, shifts and due times are counted in it.")
    )
    theme = forms.ChoiceField(
        label=_("Theme"), choices=Theme.choices, required=False, widget=forms.RadioSelect
    )
    single_keys = forms.BooleanField(
        label=_("Single-key shortcuts"),
        required=False,
        help_text=_(
            "One key does something outside of text fields: “/” searches, “c” copies the answer."
        ),
    )

    def __init__(self, *args, viewer: Viewer, **kwargs) -> None:
        initial = {
            "language": viewer.language,
            "zone": viewer.zone,
            "theme": viewer.theme,
            "single_keys": viewer.single_keys,
        }
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["zone"].choices = zones_to_choose(viewer.zone)
