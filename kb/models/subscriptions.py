"""Who follows which article or section: their own wish, beside what concerns them anyway."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kb.querysets import SubscriptionQuerySet


class Subscription(models.Model):
    """Somebody wants to hear what changes in an article, or anywhere in a section."""

    employee = models.ForeignKey(
        "people.Employee", on_delete=models.CASCADE, related_name="subscriptions"
    )
    page = models.ForeignKey(
        "wagtailcore.Page", on_delete=models.CASCADE, related_name="subscriptions"
    )
    since = models.DateTimeField()

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        constraints = [
            models.UniqueConstraint(
                fields=["employee", "page"], name="one_subscription_per_person_and_page"
            )
        ]

    def __str__(self) -> str:
        return f"{self.employee_id}: {self.page_id}"
