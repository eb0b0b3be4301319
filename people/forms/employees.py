"""Forms of the back office about employees: hiring, changing, leaving. Each ends in calls of services."""

import datetime

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from people.choosers import PersonWidget
from people.models import Employee, Position, Team, User
from people.roles import Role
from people.selectors import assignment_on
from people.services import employment
from people.services.accounts import is_administrator, may_manage_login, roles_of, set_roles
from people.services.mentors import set_mentor
from people.zones import zones_to_choose


class RolesField(forms.MultipleChoiceField):
    """Roles as boxes to tick; that of the administrator only for those who may give it."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs) -> None:
        kwargs.setdefault("label", _("Roles"))
        super().__init__(choices=Role.choices, required=False, **kwargs)

    def offer_to(self, by: User, held: set[str]) -> None:
        """Leave out what ``by`` may not give, unless it is held already."""
        if not is_administrator(by) and Role.ADMINISTRATOR not in held:
            self.choices = [c for c in Role.choices if c[0] != Role.ADMINISTRATOR]


class EmployeeForm(forms.ModelForm):
    """What hiring and editing have in common. ``by`` is the person who works with the form."""

    email = forms.EmailField(
        label=_("E-mail"),
        help_text=_("The login. A new address is to be confirmed by a new password."),
    )
    team = forms.ModelChoiceField(Team.objects.order_by("name"), label=_("Team"))
    position = forms.ModelChoiceField(Position.objects.order_by("name"), label=_("Position"))
    roles = RolesField()

    class Meta:
        model = Employee
        fields = ["full_name", "external_id", "hired_on", "mentor", "zone", "language"]
        widgets = {"hired_on": AdminDateInput, "mentor": PersonWidget}

    def __init__(self, *args, by: User, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        zone = self.instance.zone
        self.fields["zone"] = forms.ChoiceField(
            label=_("Time zone"), choices=zones_to_choose(zone), initial=zone
        )
        self.fields["mentor"].queryset = Employee.objects.working_on(timezone.localdate()).exclude(
            pk=self.instance.pk
        )


class HireForm(EmployeeForm):
    """Somebody new."""

    field_order = (
        "full_name",
        "email",
        "external_id",
        "hired_on",
        "team",
        "position",
        "mentor",
        "roles",
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["hired_on"].initial = timezone.localdate()
        self.fields["roles"].initial = [Role.OPERATOR]
        self.fields["roles"].offer_to(self.by, set())

    def hire(self) -> Employee:
        """Hire the person. Raises what the service raises."""
        data = self.cleaned_data
        return employment.hire(
            new=employment.NewEmployee(
                full_name=data["full_name"],
                email=data["email"],
                hired_on=data["hired_on"],
                team=data["team"],
                position=data["position"],
                roles=frozenset(data["roles"]),
                external_id=data["external_id"] or None,
                zone=data["zone"],
                language=data["language"],
            ),
            mentor=data["mentor"],
            by=self.by,
        )


class ChangeForm(EmployeeForm):
    """Somebody who is here: a new team or position is a new row from a day on, the old one stays on record."""

    place_from = forms.DateField(
        label=_("Team and position from"),
        widget=AdminDateInput,
        help_text=_(
            "The day from which a change of team or position holds; what held before stays on record."
        ),
    )
    field_order = (
        "full_name",
        "email",
        "external_id",
        "hired_on",
        "team",
        "position",
        "place_from",
        "mentor",
        "roles",
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        employee = self.instance
        # The instance is changed by validation; the services want the person as on record.
        self.on_record = Employee.objects.select_related("user").get(pk=employee.pk)
        today = timezone.localdate()
        place = assignment_on(employee, max(today, employee.hired_on))
        held = roles_of(self.on_record.user)
        self.initial |= {
            "email": self.on_record.user.email,
            "team": place.team if place else None,
            "position": place.position if place else None,
            "place_from": max(today, employee.hired_on),
            "roles": sorted(held),
        }
        self.fields["roles"].offer_to(self.by, held)
        if not may_manage_login(self.by, self.on_record.user):
            self.fields["email"].disabled = self.fields["roles"].disabled = True

    def apply(self) -> Employee:
        """Make the changes. Raises what the services raise."""
        data, employee = self.cleaned_data, self.on_record
        employment.change_details(
            employee=employee,
            by=self.by,
            full_name=data["full_name"],
            email=data["email"],
            external_id=data["external_id"] or "",
            zone=data["zone"],
            language=data["language"],
        )
        if data["hired_on"] != employee.hired_on:
            employment.correct_hiring_day(employee=employee, hired_on=data["hired_on"], by=self.by)
        if {"team", "position"} & set(self.changed_data):
            employment.assign(
                employee=employee,
                team=data["team"],
                position=data["position"],
                starts_on=data["place_from"],
                by=self.by,
            )
        set_mentor(employee=employee, mentor=data["mentor"], by=self.by)
        if not self.fields["roles"].disabled:
            set_roles(employee=employee, roles=data["roles"], by=self.by)
        return employee


class DepartureForm(forms.Form):
    """The last day, and whether the login closes at once."""

    last_day = forms.DateField(label=_("Last day"), widget=AdminDateInput)
    close_now = forms.BooleanField(
        label=_("Close the login at once"),
        required=False,
        help_text=_("Otherwise it closes when the last day is over."),
    )

    def __init__(self, *args, today: datetime.date, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["last_day"].initial = today
