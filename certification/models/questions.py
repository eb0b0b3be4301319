"""Questions: content that editors and trainers write, as snippets with drafts and revisions."""

import uuid
from typing import Any

from django.contrib.contenttypes.fields import GenericRelation
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import DraftStateMixin, LockableMixin, RevisionMixin

from certification.querysets import QuestionQuerySet
from certification.rules.limits import HIGHEST_LEVEL
from certification.wording import kind_choices
from common.ledger import sha256_of

LONGEST_QUESTION = 2000
CONTENT = {"kind", "text", "body"}


class Question(LockableMixin, DraftStateMixin, RevisionMixin, models.Model):
    """A question that tests a competence and rests on an article, or on one paragraph of it."""

    # The stable name of the question: exchange and papers know it by this.
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=20, choices=kind_choices, default="single")
    text = models.TextField(_("question"), max_length=LONGEST_QUESTION)
    body = models.JSONField(_("answers"), default=dict)
    explanation = models.TextField(
        _("explanation"),
        max_length=1000,
        blank=True,
        help_text=_("Why it is so; shown with the result."),
    )
    competence = models.ForeignKey(
        "competence.Competence",
        verbose_name=_("competence"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="questions",
    )
    level = models.PositiveSmallIntegerField(
        _("level"),
        default=2,
        validators=[MinValueValidator(1), MaxValueValidator(HIGHEST_LEVEL)],
    )
    article = models.ForeignKey(
        "kb.ArticlePage",
        verbose_name=_("article"),
        null=True,
        blank=True,
        # Only an article that nobody has read can be deleted; its questions are drafts then.
        on_delete=models.SET_NULL,
        related_name="questions",
        help_text=_(
            "What makes the answer true. When it changes, the question is looked at again."
        ),
    )
    # The id of a block of the article's body; empty for the article as a whole.
    paragraph = models.CharField(_("paragraph"), max_length=36, blank=True)
    # Where an import found it, so that a second import updates.
    source_id = models.CharField(max_length=255, null=True, unique=True, editable=False)
    content_sha256 = models.CharField(max_length=64, editable=False, db_index=True)

    _revisions = GenericRelation(
        "wagtailcore.Revision",
        content_type_field="content_type",
        object_id_field="object_id",
        related_query_name="question",
        for_concrete_model=False,
    )

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text if len(self.text) <= 90 else f"{self.text[:89]}…"

    @property
    def revisions(self):
        """All its revisions; removed with it."""
        return self._revisions

    def content(self) -> dict[str, Any]:
        """What somebody confirms: the question with what is right."""
        return {"kind": self.kind, "text": self.text, "body": self.body}

    def save(self, *args, **kwargs):
        update_fields = kwargs.get("update_fields")
        # Saving a draft writes which revision is the newest, from an object that holds the draft: the row keeps its
        # text, and with it its hash.
        if update_fields is None or CONTENT & set(update_fields):
            self.content_sha256 = sha256_of(self.content())
            if update_fields is not None:
                kwargs["update_fields"] = {*update_fields, "content_sha256"}
        super().save(*args, **kwargs)

    def with_content_json(self, content):
        """A revision with what belongs to the row and not to a revision: its names."""
        revised = super().with_content_json(content)
        revised.uuid = self.uuid
        revised.source_id = self.source_id
        return revised
