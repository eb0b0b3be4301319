"""A notification to a person, its delivery by a channel, and what the person wants to be told by which.

The row in the inbox is the notification itself. It stores a kind and ids, never text: what it says is
asked for again at every look.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from notifications.querysets import DeliveryQuerySet, NotificationQuerySet
from people.models import Employee


class Channel(models.TextChoices):
    """Ways to a person besides the inbox."""

    EMAIL = "email", _("E-mail")


class DeliveryState(models.TextChoices):
    """What has become of a delivery."""

    WAITING = "waiting", _("waiting")
    TAKEN = "taken", _("being sent")
    SENT = "sent", _("sent")
    DROPPED = "dropped", _("not sent: no longer theirs")
    DEAD = "dead", _("given up")


class Notification(models.Model):
    """Something one person is told, once per event."""

    recipient = models.ForeignKey(
        Employee,
        verbose_name=_("recipient"),
        on_delete=models.PROTECT,
        related_name="notifications",
    )
    kind = models.CharField(_("kind"), max_length=60)
    params = models.JSONField(default=dict)
    event_key = models.CharField(max_length=200)
    created_at = models.DateTimeField(_("created"))
    read_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        constraints = [
            models.UniqueConstraint(
                fields=["event_key", "recipient"], name="one_notification_per_event_and_recipient"
            )
        ]
        indexes = [
            models.Index(
                fields=["recipient"],
                condition=Q(read_at__isnull=True, withdrawn_at__isnull=True),
                name="notification_unread",
            ),
            models.Index(fields=["recipient", "-created_at"], name="notification_inbox"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.event_key}"


class Delivery(models.Model):
    """A notification on its way by one channel. Changed by guarded updates only."""

    notification = models.ForeignKey(
        Notification,
        verbose_name=_("notification"),
        on_delete=models.CASCADE,
        related_name="deliveries",
    )
    channel = models.CharField(_("channel"), max_length=10, choices=Channel.choices)
    state = models.CharField(
        _("state"), max_length=10, choices=DeliveryState.choices, default=DeliveryState.WAITING
    )
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_try_at = models.DateTimeField(_("next attempt"))
    taken_at = models.DateTimeField(null=True)
    leased_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(_("sent"), null=True)
    # Fixed when the row is written, so that a mail sent twice is shown once by the recipient's program.
    message_id = models.CharField(max_length=200, unique=True)
    error = models.CharField(_("last error"), max_length=300, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        constraints = [
            # With the notification's own: one per event, recipient and channel.
            models.UniqueConstraint(
                fields=["notification", "channel"], name="one_delivery_per_notification_and_channel"
            ),
            models.CheckConstraint(
                condition=~Q(state="taken") | Q(leased_until__isnull=False),
                name="taken_delivery_has_a_lease",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_try_at"],
                condition=Q(state__in=["waiting", "taken"]),
                name="delivery_due",
            )
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.message_id}"


class Preference(models.Model):
    """Whether a person wants a group of kinds by a channel. Without a row: yes."""

    employee = models.ForeignKey(
        Employee, on_delete=models.CASCADE, related_name="notification_preferences"
    )
    group = models.CharField(max_length=40)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    is_on = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("notification preference")
        verbose_name_plural = _("notification preferences")
        constraints = [
            models.UniqueConstraint(
                fields=["employee", "group", "channel"],
                name="one_preference_per_employee_group_and_channel",
            )
        ]

    def __str__(self) -> str:
        return f"{self.group} {self.channel} {self.is_on}"
