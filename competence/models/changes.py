"""Material changes of articles, as far as they concern competences: one row per competence and version."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.ledger import LedgerRow
from competence.models.catalogue import Competence


class MaterialChange(LedgerRow):
    """A version changed what holders of a competence must know; a later row may withdraw an earlier one."""

    chain_subject = "competence_id"
    chained_fields = (
        "article_uuid",
        "number",
        "published_at",
        "effective_at",
        "actor_id",
        "withdraws_id",
    )

    competence = models.ForeignKey(Competence, on_delete=models.PROTECT, related_name="changes")
    article_uuid = models.UUIDField(db_index=True)
    number = models.PositiveIntegerField()
    published_at = models.DateTimeField()
    effective_at = models.DateTimeField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    withdraws = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="withdrawal"
    )

    class Meta:
        verbose_name = _("material change")
        verbose_name_plural = _("material changes")
        constraints = [
            models.UniqueConstraint(
                fields=["competence", "seq"], name="material_change_chain_is_a_line"
            ),
            models.UniqueConstraint(
                fields=["competence", "article_uuid", "number"],
                condition=Q(withdraws__isnull=True),
                name="one_material_change_per_competence_and_version",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.competence}: {self.article_uuid}, {self.number}"
