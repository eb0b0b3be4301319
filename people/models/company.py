"""The company this installation belongs to: one row."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Company(models.Model):
    """The one row about the house itself; ``demo_seeded_on`` marks a database that may be thrown away."""

    ONLY = 1

    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY, editable=False)
    name = models.CharField(_("name"), max_length=120)
    demo_seeded_on = models.DateField(null=True, editable=False)

    class Meta:
        verbose_name = _("company")
        verbose_name_plural = _("companies")
        constraints = [models.CheckConstraint(condition=Q(id=1), name="there_is_one_company")]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def is_demo(cls) -> bool:
        """Whether this database holds the demo company and nothing of value."""
        return cls.objects.filter(demo_seeded_on__isnull=False).exists()
