"""A change of the product that touches several articles: said once, in force at one moment."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kb.choices import ChangeSize
from kb.querysets import ChangePackageQuerySet

WORDS_LENGTH = 300


class ChangePackage(models.Model):
    """One note and one moment for all its articles. Announced once each of them is approved, or at its moment.

    Its words are copied beside each draft, so that whoever approves a draft approves them too.
    """

    title = models.CharField(
        _("what changes in the product"),
        max_length=160,
        help_text=_("As people read it: “Tariff Start, 2027”."),
    )
    size = models.CharField(
        _("how much it concerns people"),
        max_length=8,
        choices=[one for one in ChangeSize.choices if one[0] != ChangeSize.MINOR],
        default=ChangeSize.CONFIRM,
    )
    was = models.TextField(_("was"), max_length=WORDS_LENGTH, blank=True)
    now = models.TextField(_("now"), max_length=WORDS_LENGTH)
    say = models.TextField(_("say to the customer"), max_length=WORDS_LENGTH, blank=True)
    waiver = models.TextField(
        _("why without a question"),
        max_length=WORDS_LENGTH,
        blank=True,
        help_text=_(
            "Only where the risk is high and no question rests on one of the versions. "
            "Your name stands with it."
        ),
    )
    effective_at = models.DateTimeField(
        _("in force from"), help_text=_("Until then readers get the old text of every article.")
    )
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    written_at = models.DateTimeField(editable=False)
    announced_at = models.DateTimeField(_("announced"), null=True, editable=False)

    objects = ChangePackageQuerySet.as_manager()

    class Meta:
        verbose_name = _("change package")
        verbose_name_plural = _("change packages")
        ordering = ["-written_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(now=""), name="a_package_says_what_holds_now")
        ]

    def __str__(self) -> str:
        return self.title

    def words(self) -> dict[str, str]:
        """What is said of it, the same beside each of its articles."""
        return {name: getattr(self, name) for name in ("size", "was", "now", "say", "waiver")}
