"""Results that editors put on top of a question, for a time and for a team."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from search.models.index import Worded


class PinnedResult(Worded):
    """An article on top of the results of certain questions. Only whoever may read it gets it."""

    questions = models.TextField(
        _("questions"),
        help_text=_("One question a line. Word forms, case and order of words do not matter."),
    )
    article = models.ForeignKey(
        "kb.ArticlePage", verbose_name=_("article"), on_delete=models.CASCADE, related_name="pins"
    )
    team = models.ForeignKey(
        "people.Team",
        verbose_name=_("team"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("Empty: for everybody who may read the article."),
    )
    starts_on = models.DateField(_("from"), default=timezone.localdate)
    ends_on = models.DateField(
        _("until"), null=True, blank=True, help_text=_("The last day. Empty: until taken off.")
    )

    class Meta:
        verbose_name = _("pinned result")
        verbose_name_plural = _("pinned results")
        ordering = ["questions"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="a_pin_ends_after_it_began",
                violation_error_message=_("The last day cannot be before the first."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.questions.split(chr(10))[0]} → {self.article_id}"
