"""Walks through guided scripts: how far each went, so that an author sees where a script strands people."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kb.choices import ScriptOutcome


class ScriptWalk(models.Model):
    """One walk through a script during a call. Nobody's name: it says something of the script, not of the person."""

    uuid = models.UUIDField(unique=True, editable=False)
    article = models.ForeignKey("kb.ArticlePage", on_delete=models.CASCADE, related_name="walks")
    # The version that was walked; a later one may have other steps.
    version = models.PositiveIntegerField(_("version"))
    block_id = models.UUIDField()
    answers = models.JSONField(default=list)
    at_step = models.CharField(_("last step"), max_length=60)
    outcome = models.CharField(
        _("outcome"), max_length=10, choices=ScriptOutcome.choices, blank=True
    )
    started_at = models.DateTimeField(_("started"))
    touched_at = models.DateTimeField(_("last answer"))

    class Meta:
        verbose_name = _("walk through a script")
        verbose_name_plural = _("walks through scripts")
        indexes = [models.Index(fields=["article", "block_id"], name="walk_by_script")]

    def __str__(self) -> str:
        return f"{self.article_id}: {self.at_step}"
