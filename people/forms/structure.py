"""Forms of the back office about teams and positions."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _

from people.choosers import PersonWidget
from people.models import Employee, Position, Team, User
from people.names import tidy
from people.services.teams import save_team


class TeamForm(forms.ModelForm):
    """A team, where it stands and who leads it."""

    class Meta:
        model = Team
        fields = ["name", "parent", "lead"]
        widgets = {"lead": PersonWidget}

    def __init__(self, *args, by: User, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        self.fields["lead"].queryset = Employee.objects.working_on(timezone.localdate())
        self.fields["parent"].queryset = Team.objects.exclude(pk=self.instance.pk).order_by("name")

    def apply(self) -> Team:
        """Write the team. Raises what the service raises."""
        data = self.cleaned_data
        team = Team.objects.filter(pk=self.instance.pk).first() or Team()
        return save_team(
            team=team, name=data["name"], parent=data["parent"], lead=data["lead"], by=self.by
        )


class PositionForm(forms.ModelForm):
    """A position."""

    class Meta:
        model = Position
        fields = ["name"]

    def clean_name(self) -> str:
        """The name tidied; one that differs from another only by case is taken."""
        name = tidy(self.cleaned_data["name"])
        others = Position.objects.exclude(pk=self.instance.pk).values_list("name", flat=True)
        if name.casefold() in {other.casefold() for other in others}:
            raise forms.ValidationError(_("There is such a position already."))
        return name
