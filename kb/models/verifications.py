"""Who has looked at which version of an article and found it true, and how: signed, in a chain per article."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from common.ledger import LedgerRow
from kb.choices import HowVerified
from kb.models.versions import ArticleVersion
from kb.querysets import VerificationQuerySet


class Verification(LedgerRow):
    """A version holds, says who signs. Apart from editing: it changes no text. Never changed; a later look is a row."""

    chain_subject = "article_uuid"
    chained_fields = ("number", "text_sha256", "how", "actor_id", "key")

    article_uuid = models.UUIDField(editable=False)
    version = models.ForeignKey(
        ArticleVersion, on_delete=models.PROTECT, related_name="verifications"
    )
    number = models.PositiveIntegerField(editable=False)
    # Of the version's snapshot: what is signed is this text and no other.
    text_sha256 = models.CharField(max_length=64, editable=False)
    how = models.CharField(max_length=8, choices=HowVerified.choices)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    # Of the form it came by: a second click finds the first row.
    key = models.UUIDField(unique=True, editable=False)

    objects = VerificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("verification")
        verbose_name_plural = _("verifications")
        constraints = [
            models.UniqueConstraint(
                fields=["article_uuid", "seq"], name="verification_chain_is_a_line"
            )
        ]
        indexes = [models.Index(fields=["actor", "recorded_at"], name="verification_by_actor")]

    def __str__(self) -> str:
        return f"{self.article_uuid}, {self.number}: {self.how}"
