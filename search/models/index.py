"""What the index must look at again, numbered; and a name for the words that editors gave to search."""

import uuid

from django.db import models, transaction

from search.querysets import IndexChangeQuerySet


class IndexClock(models.Model):
    """One row: the number of the last change, and a name for this database.

    Changes are numbered by this row and not by a sequence, because a row lock gives numbers in the order of
    commits: a reader that has seen number n has seen all before it. ``epoch`` tells an index that was built
    from another database (restored, reset) from this one's. ``wording`` is new whenever editors change
    synonyms, glossary or pins: every process compares it with the one it read them under.
    """

    epoch = models.UUIDField(default=uuid.uuid4, editable=False)
    seq = models.PositiveBigIntegerField(default=0)
    wording = models.UUIDField(default=uuid.uuid4, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="there_is_one_index_clock")
        ]

    def __str__(self) -> str:
        return f"{self.epoch} {self.seq}"

    @classmethod
    def renew_wording(cls) -> None:
        """Let every process read the editors' words again; in the transaction of their change."""
        fresh = uuid.uuid4()
        if not cls.objects.filter(pk=1).update(wording=fresh):
            cls.objects.bulk_create([cls(pk=1, wording=fresh)], ignore_conflicts=True)


class Worded(models.Model):
    """A row of the words that editors gave to search: saving or deleting one is live in every process."""

    class Meta:
        abstract = True

    @transaction.atomic
    def save(self, *args, **kwargs) -> None:
        super().save(*args, **kwargs)
        IndexClock.renew_wording()

    @transaction.atomic
    def delete(self, *args, **kwargs):
        deleted = super().delete(*args, **kwargs)
        IndexClock.renew_wording()
        return deleted


class IndexChange(models.Model):
    """Article ``article_id`` is no longer what the index holds of it. Written with the change itself."""

    seq = models.PositiveBigIntegerField(primary_key=True)
    # A plain number: the article may be gone when the index hears of it.
    article_id = models.PositiveBigIntegerField()
    made_at = models.DateTimeField()

    objects = IndexChangeQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["made_at"], name="index_change_by_age")]

    def __str__(self) -> str:
        return f"{self.seq}: {self.article_id}"
