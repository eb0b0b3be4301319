"""Teams and positions: where somebody works and as what."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from people.querysets import TeamQuerySet


class Team(models.Model):
    """A team with its lead; a lead sees the teams below. The head of support leads the top team."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("part of"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
    )
    lead = models.ForeignKey(
        "people.Employee",
        verbose_name=_("lead"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="led_teams",
    )

    objects = TeamQuerySet.as_manager()

    class Meta:
        verbose_name = _("team")
        verbose_name_plural = _("teams")

    def __str__(self) -> str:
        return self.name


class Position(models.Model):
    """What somebody is hired as; competence profiles and programmes hang on it."""

    name = models.CharField(_("name"), max_length=120, unique=True)

    class Meta:
        verbose_name = _("position")
        verbose_name_plural = _("positions")

    def __str__(self) -> str:
        return self.name
