"""What a person wants to be told, how soon, and where."""

from collections.abc import Mapping

from django.db import transaction

from notifications.extensions import groups
from notifications.models import Channel, DeliverySettings, Preference
from notifications.pacing import Pace
from people.viewer import Viewer


@transaction.atomic
def choose(
    *, by: Viewer, paces: Mapping[str, Pace], wishes: DeliverySettings | None = None
) -> None:
    """Keep the pace of each group in ``paces``, by the group's key, and ``wishes`` for hours and chat.

    A key that no app registered changes nothing. Does nothing for who does not work here. What was written
    before keeps its time.
    """
    if by.employee_id is None:
        return
    known = {group.key for group in groups()}
    for key, pace in paces.items():
        if key in known:
            Preference.objects.update_or_create(
                employee_id=by.employee_id,
                group=key,
                channel=Channel.EMAIL,
                defaults={"pace": pace},
            )
    if wishes is not None:
        wishes.employee_id = by.employee_id
        wishes.save()
