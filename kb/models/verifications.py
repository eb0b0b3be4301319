"""Who has looked at which version of an article and found it true, and how: signed, in a chain per article."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.ledger import LedgerRow
from kb.choices import HowVerified
from kb.models.versions import ArticleVersion
from kb.querysets import VerificationQuerySet


class Verification(LedgerRow):
    """A version holds, says who signs. Apart from editing: it changes no text.

    Never changed; a later look is a row, and so is the word that an earlier one was signed by mistake.
    """

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
    # The row that was signed by mistake; its name is hashed by the key (``mistake_key``).
    withdraws = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="withdrawal", editable=False
    )
    # Of the form it came by: a second click finds the first row.
    key = models.UUIDField(unique=True, editable=False)

    objects = VerificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("verification")
        verbose_name_plural = _("verifications")
        constraints = [
            models.UniqueConstraint(
                fields=["article_uuid", "seq"], name="verification_chain_is_a_line"
            ),
            models.CheckConstraint(
                condition=Q(how=HowVerified.MISTAKE, withdraws__isnull=False)
                | (~Q(how=HowVerified.MISTAKE) & Q(withdraws__isnull=True)),
                name="a_mistake_names_what_it_takes_back",
            ),
        ]
        indexes = [models.Index(fields=["actor", "recorded_at"], name="verification_by_actor")]

    def __str__(self) -> str:
        return f"{self.article_uuid}, {self.number}: {self.how}"

    @property
    def mistake_key(self) -> uuid.UUID:
        """The key of the row that takes this one back: there is one at most."""
        return uuid.uuid5(self.key, HowVerified.MISTAKE)

    def content_problems(self) -> list[str]:
        """Says so if it takes back another row than the one whose key it holds."""
        named = self.withdraws.mistake_key if self.withdraws is not None else None
        if self.how == HowVerified.MISTAKE and self.key != named:
            return ["it takes back another row than the one that was signed"]
        return []
