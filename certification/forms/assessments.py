"""The form of an assessor: for each criterion of the rubric its points, and what was missing."""

from collections.abc import Iterator, Sequence

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from certification.rules.rubrics import LONGEST_COMMENT, Criterion, Fault, Mark, faults
from certification.wording import FAULTS


class AssessForm(forms.Form):
    """A mark for every criterion; less than full points takes a comment."""

    def __init__(self, *args, rubric: Sequence[Criterion], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.rubric = rubric
        for place, criterion in enumerate(rubric):
            self.fields[f"points-{place}"] = forms.TypedChoiceField(
                label=criterion.text,
                choices=[(str(points), words) for points, words in criterion.steps],
                coerce=int,
                empty_value=None,
                required=False,
                widget=forms.RadioSelect,
            )
            self.fields[f"comment-{place}"] = forms.CharField(
                label=_("What was missing"),
                required=False,
                widget=forms.Textarea(attrs={"rows": 2, "maxlength": LONGEST_COMMENT}),
            )

    def rows(self) -> Iterator[tuple[Criterion, BoundField, BoundField]]:
        """Each criterion with its two fields."""
        for place, criterion in enumerate(self.rubric):
            yield criterion, self[f"points-{place}"], self[f"comment-{place}"]

    def clean(self) -> dict:
        """What the rubric does not allow is said at its field."""
        data = super().clean()
        data["marks"] = [
            Mark(data.get(f"points-{place}"), data.get(f"comment-{place}", ""))
            for place in range(len(self.rubric))
        ]
        for place, fault in faults(self.rubric, data["marks"]):
            name = "points" if fault in (Fault.MISSING, Fault.BEYOND) else "comment"
            if f"{name}-{place}" not in self.errors:
                self.add_error(f"{name}-{place}", FAULTS[fault])
        return data
