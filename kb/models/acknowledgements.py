"""Who has confirmed which version: one row each, in a chain per employee."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from common.ledger import LedgerRow
from kb.choices import Manner
from kb.models.versions import ArticleVersion
from kb.querysets import AcknowledgementQuerySet


class Acknowledgement(LedgerRow):
    """An employee knows a version. Never changed; a version of later is another row."""

    chain_subject = "employee_id"
    chained_fields = ("article_uuid", "number", "manner", "questions", "actor_id", "key")

    employee = models.ForeignKey(
        "people.Employee", on_delete=models.PROTECT, related_name="acknowledgements"
    )
    version = models.ForeignKey(
        ArticleVersion, on_delete=models.PROTECT, related_name="acknowledgements"
    )
    article_uuid = models.UUIDField(editable=False, db_index=True)
    number = models.PositiveIntegerField(editable=False)
    manner = models.CharField(max_length=8, choices=Manner.choices)
    questions = models.PositiveSmallIntegerField(default=0)
    actor = models.ForeignKey("people.User", on_delete=models.PROTECT, related_name="+")
    key = models.UUIDField(editable=False)

    objects = AcknowledgementQuerySet.as_manager()

    class Meta:
        verbose_name = _("acknowledgement")
        verbose_name_plural = _("acknowledgements")
        constraints = [
            models.UniqueConstraint(
                fields=["employee", "seq"], name="acknowledgement_chain_is_a_line"
            ),
            models.UniqueConstraint(
                fields=["employee", "version"], name="one_acknowledgement_per_person_and_version"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.employee_id}: {self.article_uuid}, {self.number}"
