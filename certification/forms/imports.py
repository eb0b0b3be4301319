"""The form that a file of questions is uploaded by."""

from django import forms
from django.utils.translation import gettext_lazy as _

from certification.exchange.formats import FORMATS

FORMAT_NAMES = {
    "gift": "GIFT",
    "moodle_xml": "Moodle XML",
    "qti21": "QTI 2.1",
    "qti30": "QTI 3.0",
    "csv": "CSV",
    "xlsx": "XLSX",
}


class UploadForm(forms.Form):
    """A file, and its format where it should not be recognised."""

    file = forms.FileField(label=_("File"))
    format_name = forms.ChoiceField(
        label=_("Format"),
        required=False,
        choices=[("", _("recognise it"))]
        + [(name, FORMAT_NAMES[name]) for name in FORMATS if name != "qti21"],
    )
