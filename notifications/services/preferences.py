"""What a person wants to be told by mail."""

from django.db import transaction

from notifications.extensions import groups
from notifications.models import Channel, Preference
from people.viewer import Viewer


@transaction.atomic
def choose_mail(*, by: Viewer, wanted: set[str]) -> None:
    """Mail for the groups in ``wanted`` and for no other. Does nothing for who does not work here."""
    if by.employee_id is None:
        return
    for group in groups():
        Preference.objects.update_or_create(
            employee_id=by.employee_id,
            group=group.key,
            channel=Channel.EMAIL,
            defaults={"is_on": group.key in wanted},
        )
