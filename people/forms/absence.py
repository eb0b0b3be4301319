"""Forms of the back office about days away and shifts."""

from django import forms
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput

from people.choosers import PersonWidget
from people.models import Leave, Shift, User
from people.services.absence import record_leave, record_shift


class LeaveForm(forms.ModelForm):
    """Days away, both ends included."""

    class Meta:
        model = Leave
        fields = ["employee", "starts_on", "ends_on"]
        widgets = {
            "employee": PersonWidget,
            "starts_on": AdminDateInput,
            "ends_on": AdminDateInput,
        }

    def __init__(self, *args, by: User, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.by = by

    def apply(self) -> Leave:
        """Write the leave. Raises what the service raises."""
        data = self.cleaned_data
        return record_leave(
            employee=data["employee"],
            starts_on=data["starts_on"],
            ends_on=data["ends_on"],
            leave=Leave.objects.filter(pk=self.instance.pk).first(),
            by=self.by,
        )


class ShiftForm(forms.ModelForm):
    """One shift, in the zone of whoever fills the form in."""

    class Meta:
        model = Shift
        fields = ["employee", "starts_at", "ends_at"]
        widgets = {
            "employee": PersonWidget,
            "starts_at": AdminDateTimeInput,
            "ends_at": AdminDateTimeInput,
        }

    def __init__(self, *args, by: User, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.by = by

    def apply(self) -> Shift:
        """Write the shift. Raises what the service raises."""
        data = self.cleaned_data
        return record_shift(
            employee=data["employee"],
            starts_at=data["starts_at"],
            ends_at=data["ends_at"],
            shift=Shift.objects.filter(pk=self.instance.pk).first(),
        )
