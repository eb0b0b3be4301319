"""What search keeps in the database: which articles the index must look at again, and what was asked."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from search.querysets import IndexChangeQuerySet, LogKeyQuerySet, SearchLogQuerySet


class IndexClock(models.Model):
    """One row: the number of the last change, and a name for this database.

    Changes are numbered by this row and not by a sequence, because a row lock gives numbers in the order of
    commits: a reader that has seen number n has seen all before it. ``epoch`` tells an index that was built
    from another database (restored, reset) from this one's.
    """

    epoch = models.UUIDField(default=uuid.uuid4, editable=False)
    seq = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="there_is_one_index_clock")
        ]

    def __str__(self) -> str:
        return f"{self.epoch} {self.seq}"


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


class LogKey(models.Model):
    """The secret that turns a person into ``who`` for fourteen days, and is then thrown away."""

    secret = models.BinaryField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(db_index=True)

    objects = LogKeyQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d}"


class Ending(models.TextChoices):
    """How a search ended, as far as the browser could tell."""

    PAUSED = "paused", _("read the list")
    ENTERED = "entered", _("pressed Enter")
    OPENED = "opened", _("opened an article")
    COPIED = "copied", _("copied an answer")


class SearchLog(models.Model):
    """One settled query. No person can be read from it, and no digits that a customer might own."""

    asked_at = models.DateTimeField(_("asked at"))
    query = models.CharField(_("query"), max_length=200)
    # Folded and masked: the same question typed twice is the same text.
    query_key = models.CharField(max_length=200, editable=False)
    who = models.CharField(max_length=32, blank=True, editable=False)
    staff = models.BooleanField(_("asked by staff"))
    hits = models.PositiveIntegerField(_("found"))
    ending = models.CharField(_("how it ended"), max_length=8, choices=Ending.choices)
    opened = models.UUIDField(_("article opened or copied"), null=True, blank=True)
    milliseconds = models.PositiveIntegerField(_("server time, ms"))

    objects = SearchLogQuerySet.as_manager()

    class Meta:
        verbose_name = _("search")
        verbose_name_plural = _("searches")
        indexes = [
            models.Index(fields=["asked_at"], name="search_log_by_time"),
            models.Index(fields=["query_key", "asked_at"], name="search_log_by_query"),
        ]

    def __str__(self) -> str:
        return self.query
