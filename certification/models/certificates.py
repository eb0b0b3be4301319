"""A passed test as something to show."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from certification.models.attempts import Submission
from certification.querysets import CertificateQuerySet


class Certificate(models.Model):
    """Who passed which test by which versions. What it is worth today is asked of the ledger, never kept.

    What it says never changes; consent to the name and the revocation are guarded updates.
    """

    # Random, and so also the only key to the public page.
    number = models.CharField(max_length=14, unique=True, editable=False)
    submission = models.OneToOneField(
        Submission, on_delete=models.PROTECT, related_name="certificate"
    )
    employee = models.ForeignKey(
        "people.Employee", on_delete=models.PROTECT, related_name="certificates"
    )
    test = models.CharField(_("test"), max_length=120)
    # Of each competence its id, name and level, and the article versions that its questions rested on.
    lines = models.JSONField()
    passed_on = models.DateField(_("passed on"))
    issued_at = models.DateTimeField()
    # As it was said when it was issued; leave or a second fail may have moved it since.
    valid_until = models.DateField(_("valid until"), null=True)
    names_holder = models.BooleanField(default=False)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    revoked_at = models.DateTimeField(null=True)
    revoked_because = models.TextField(max_length=500, blank=True)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        ordering = ["-passed_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="a_revoked_certificate_says_by_whom",
            )
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def competence_ids(self) -> list[int]:
        """The competences it names."""
        return [line["competence"] for line in self.lines]
