"""The calendar somebody subscribes to: an address that is a secret, of which only the hash is kept."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CalendarFeed(models.Model):
    """One person's calendar. A new address ends the old one; without a row nothing answers."""

    employee = models.OneToOneField(
        "people.Employee", on_delete=models.CASCADE, related_name="calendar_feed"
    )
    secret_sha256 = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("calendar address")
        verbose_name_plural = _("calendar addresses")

    def __str__(self) -> str:
        return f"{self.employee_id}"
