"""Who follows which article, section or tag: their own wish, beside what concerns them anyway."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kb.models.tags import Tag
from kb.querysets import SubscriptionQuerySet, TagSubscriptionQuerySet


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


class TagSubscription(models.Model):
    """Somebody wants to hear what changes in the articles with a tag."""

    employee = models.ForeignKey(
        "people.Employee", on_delete=models.CASCADE, related_name="tag_subscriptions"
    )
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="subscriptions")
    since = models.DateTimeField()

    objects = TagSubscriptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("subscription to a tag")
        verbose_name_plural = _("subscriptions to tags")
        constraints = [
            models.UniqueConstraint(
                fields=["employee", "tag"], name="one_subscription_per_person_and_tag"
            )
        ]

    def __str__(self) -> str:
        return f"{self.employee_id}: {self.tag_id}"
