"""Sets of notifications and deliveries: whose, what is new, what is due."""

import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

if TYPE_CHECKING:
    from people.viewer import Viewer


class NotificationQuerySet(models.QuerySet):
    """Notifications by reader."""

    def of(self, viewer: "Viewer") -> "NotificationQuerySet":
        """The viewer's own, without what has been withdrawn; nobody sees another person's."""
        if viewer.employee_id is None:
            return self.none()
        return self.filter(recipient=viewer.employee_id, withdrawn_at__isnull=True)

    def unread(self) -> "NotificationQuerySet":
        """Those nobody has opened or ticked off."""
        return self.filter(read_at__isnull=True)

    def unread_first(self) -> "NotificationQuerySet":
        """New ones first, then by age, newest first."""
        return self.order_by(
            models.Case(models.When(read_at__isnull=True, then=0), default=1), "-created_at", "-pk"
        )


class DeliveryQuerySet(models.QuerySet):
    """Deliveries by what is to be done with them."""

    def due(self, now: datetime.datetime) -> "DeliveryQuerySet":
        """To be sent now: their time has come, or whoever took them died. Oldest first."""
        waiting = Q(state="waiting", next_try_at__lte=now)
        abandoned = Q(state="taken", leased_until__lte=now)
        return self.filter(waiting | abandoned).order_by("next_try_at", "pk")

    def take(self, delivery, *, now: datetime.datetime, until: datetime.datetime) -> bool:
        """Claim ``delivery`` as it was read, for a lease; False if somebody else was quicker."""
        taken = self.filter(
            pk=delivery.pk, state=delivery.state, attempts=delivery.attempts
        ).update(state="taken", attempts=F("attempts") + 1, taken_at=now, leased_until=until)
        return taken == 1
