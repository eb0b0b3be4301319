"""Forms of the back office: what is asked and checked beyond the fields themselves."""

from django import forms
from django.utils.translation import gettext as _
from wagtail.admin.widgets import AdminDateInput

from competence.models import Competence, LevelAnchor, PositionRequirement, RecertificationWindow
from people.names import tidy

LEVELS = (0, 1, 2, 3, 4)


class CompetenceForm(forms.ModelForm):
    """A competence with its levels in words."""

    class Meta:
        model = Competence
        fields = [
            "area",
            "name",
            "kind",
            "risk",
            "knowledge_months",
            "practice_months",
            "marks_mentoring",
            "order",
        ]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        known = {}
        if self.instance.pk:
            known = dict(self.instance.anchors.values_list("level", "text"))
        for level in LEVELS:
            self.fields[f"anchor_{level}"] = forms.CharField(
                label=_("Level %(level)s in words") % {"level": level},
                required=False,
                max_length=500,
                initial=known.get(level, ""),
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def clean_name(self) -> str:
        """The name tidied; one that differs from another only by case is taken."""
        name = tidy(self.cleaned_data["name"])
        others = Competence.objects.exclude(pk=self.instance.pk).values_list("name", flat=True)
        if name.casefold() in {other.casefold() for other in others}:
            raise forms.ValidationError(_("There is such a competence already."))
        return name

    def save(self, commit: bool = True) -> Competence:
        """Write the competence and its anchors."""
        competence = super().save(commit)
        for level in LEVELS:
            text = self.cleaned_data[f"anchor_{level}"].strip()
            if text:
                LevelAnchor.objects.update_or_create(
                    competence=competence, level=level, defaults={"text": text}
                )
            else:
                LevelAnchor.objects.filter(competence=competence, level=level).delete()
        return competence


class RequirementForm(forms.ModelForm):
    """What a position requires from a day on."""

    class Meta:
        model = PositionRequirement
        fields = ["position", "competence", "level", "upper", "queue", "starts_on"]
        widgets = {"starts_on": AdminDateInput}

    def clean(self) -> dict:
        """A band ends at or above its target and begins with one."""
        data = super().clean()
        level, upper = data.get("level"), data.get("upper")
        if upper is not None and (level is None or upper < level):
            self.add_error("upper", _("The band ends at or above the level."))
        return data


class WindowForm(forms.ModelForm):
    """The days of a campaign."""

    class Meta:
        model = RecertificationWindow
        fields = ["name", "starts_on", "ends_on"]
        widgets = {"starts_on": AdminDateInput, "ends_on": AdminDateInput}

    def clean(self) -> dict:
        """It ends no sooner than it begins."""
        data = super().clean()
        first, last = data.get("starts_on"), data.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("It ends before it begins."))
        return data
