"""Which version of an article somebody has read last: for their own eyes, to mark what changed since."""

from django.db import models
from django.db.models import F, Q

from kb.querysets import ReadingQuerySet


class Reading(models.Model):
    """Somebody has opened an article. Not a proof of anything, and shown to nobody but them."""

    employee = models.ForeignKey(
        "people.Employee", on_delete=models.CASCADE, related_name="readings"
    )
    article = models.ForeignKey("kb.ArticlePage", on_delete=models.CASCADE, related_name="readings")
    number = models.PositiveIntegerField()
    # Since when they have had this version before them, and the one they knew before it; none once they have
    # looked at the difference.
    since = models.DateTimeField()
    before = models.PositiveIntegerField(null=True)

    objects = ReadingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["employee", "article"], name="one_reading_per_person_and_article"
            ),
            models.CheckConstraint(
                condition=Q(before__isnull=True) | Q(before__lt=F("number")),
                name="what_was_read_before_is_older",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.employee_id}: {self.article_id}, {self.number}"
