"""The form of a test: what its blueprint may not ask, in words."""

from wagtail.admin.forms import WagtailAdminModelForm

from certification.rules.limits import REFUSED, Line, remarks
from certification.wording import REMARKS


class QuizForm(WagtailAdminModelForm):
    """A test with its lines; ``said`` is what is allowed and should be known."""

    said: tuple[str, ...] = ()

    def is_valid(self) -> bool:
        """Also whether the blueprint is one that people can sit."""
        if not super().is_valid():
            return False
        lines = [
            Line(row["competence"].pk, row["level"], row["count"])
            for row in (form.cleaned_data for form in self.formsets["lines"])
            if row and not row.get("DELETE")
        ]
        found = remarks(lines, self.cleaned_data["minutes"])
        refused = [remark for remark in found if remark in REFUSED]
        for remark in refused:
            self.add_error(None, REMARKS[remark])
        self.said = tuple(str(REMARKS[remark]) for remark in found if remark not in REFUSED)
        return not refused
