"""What a person chooses for themselves: language, zone, theme, single keys."""

from django.conf import settings

from people.models import Employee, Theme
from people.services.employment import UnknownZone
from people.viewer import Viewer
from people.zones import known_zones


def remember_choices(
    *,
    viewer: Viewer,
    language: str | None = None,
    zone: str | None = None,
    theme: str | None = None,
    single_keys: bool | None = None,
) -> None:
    """Store in the profile of ``viewer`` what they chose; None leaves a choice as it is.

    For somebody without a profile (a customer, a superuser without an employee) nothing happens: their
    device remembers. Raises ValueError for a language or theme that does not exist, UnknownZone.
    """
    if viewer.employee_id is None:
        return
    changes: dict[str, str | bool] = {}
    if language is not None:
        if language not in dict(settings.LANGUAGES):
            raise ValueError(f"There is no interface in {language!r}.")
        changes["language"] = language
    if zone is not None:
        if zone not in known_zones():
            raise UnknownZone(zone)
        changes["zone"] = zone
    if theme is not None:
        changes["theme"] = Theme(theme).value
    if single_keys is not None:
        changes["single_keys"] = single_keys
    if changes:
        Employee.objects.filter(pk=viewer.employee_id).update(**changes)
