"""A notification to a person, its delivery by a channel, and what the person wants to be told by which.

The row in the inbox is the notification itself. It stores a kind and ids, never text: what it says is
asked for again at every look.
"""

import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from notifications.pacing import DIGEST_AT, Hours, Pace
from notifications.querysets import DeliveryQuerySet, NotificationQuerySet
from people.models import Employee


class Channel(models.TextChoices):
    """Ways to a person besides the inbox."""

    EMAIL = "email", _("E-mail")
    CHAT = "chat", _("Chat")


class PaceChoice(models.TextChoices):
    """How soon a person wants a group of kinds by mail."""

    AT_ONCE = Pace.AT_ONCE, _("at once")
    DIGEST = Pace.DIGEST, _("once a day, together")
    OFF = Pace.OFF, _("not by mail")


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
    # What it is about, where a newer message takes the place of an older one nobody has opened.
    about = models.CharField(max_length=120, blank=True)
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
            models.Index(
                fields=["recipient", "about"], condition=~Q(about=""), name="notification_about"
            ),
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
    in_digest = models.BooleanField(_("in the digest"), default=False)
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
    """How soon a person wants a group of kinds by mail. Without a row: at once."""

    employee = models.ForeignKey(
        Employee, on_delete=models.CASCADE, related_name="notification_preferences"
    )
    group = models.CharField(max_length=40)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    pace = models.CharField(max_length=8, choices=PaceChoice.choices, default=PaceChoice.AT_ONCE)

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
        return f"{self.group} {self.channel} {self.pace}"


class DeliverySettings(models.Model):
    """A person's hours for messages, and their address in a chat. Without a row: no quiet hours, no chat."""

    employee = models.OneToOneField(
        Employee, primary_key=True, on_delete=models.CASCADE, related_name="delivery_settings"
    )
    quiet_from = models.TimeField(_("quiet from"), null=True, blank=True)
    quiet_until = models.TimeField(_("until"), null=True, blank=True)
    digest_at = models.TimeField(_("daily digest at"), default=DIGEST_AT)
    # An apprise address holds a token: shown to its owner alone, and never logged.
    chat_address = models.CharField(_("address in a chat"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("delivery settings")
        verbose_name_plural = _("delivery settings")
        constraints = [
            models.CheckConstraint(
                condition=Q(quiet_from__isnull=True, quiet_until__isnull=True)
                | Q(quiet_from__isnull=False, quiet_until__isnull=False),
                name="quiet_hours_have_both_ends",
            )
        ]

    def __str__(self) -> str:
        return f"{self.employee_id}"

    def hours(self, zone: datetime.tzinfo) -> Hours:
        """Its hours on the clock of ``zone``."""
        return Hours(
            zone=zone,
            quiet_from=self.quiet_from,
            quiet_until=self.quiet_until,
            digest_at=self.digest_at,
        )
