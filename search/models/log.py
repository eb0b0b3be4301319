"""What was asked, without who asked."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from search.querysets import LogKeyQuerySet, SearchLogQuerySet


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
            models.Index(fields=["who", "asked_at"], name="search_log_by_who"),
        ]

    def __str__(self) -> str:
        return self.query
