"""The form a table is uploaded by."""

from django import forms
from django.utils.translation import gettext_lazy as _

PEOPLE, SHIFTS = "people", "shifts"


class UploadForm(forms.Form):
    """A file, what is in it, and whether teams and positions may be created."""

    kind = forms.ChoiceField(
        label=_("What is in the file"),
        choices=[(PEOPLE, _("People")), (SHIFTS, _("Shifts"))],
        initial=PEOPLE,
        widget=forms.RadioSelect,
    )
    file = forms.FileField(label=_("CSV (UTF-8) or XLSX"))
    sheet = forms.CharField(
        label=_("Sheet"),
        required=False,
        help_text=_("The sheet of a workbook; the first one if left empty."),
    )
    create_missing = forms.BooleanField(
        label=_("Create teams and positions that do not exist"), required=False
    )
