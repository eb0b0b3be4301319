"""The closed vocabularies of certification."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from certification.rules.rescoring import Remedy


class AttemptState(models.TextChoices):
    """Where an attempt stands. That its time is over is read from its deadline, never from here."""

    OPEN = "open", _("open")
    SUBMITTED = "submitted", _("submitted")
    EXPIRED = "expired", _("time ran out")


class Review(models.TextChoices):
    """When the person may see what was right."""

    SUBMITTED = "submitted", _("Once the test is handed in")
    PASSED = "passed", _("Once the test is passed")
    NEVER = "never", _("Never")


class AppealState(models.TextChoices):
    """What became of an appeal."""

    OPEN = "open", pgettext_lazy("appeal", "open")
    ACCEPTED = "accepted", pgettext_lazy("appeal", "accepted")
    REFUSED = "refused", pgettext_lazy("appeal", "refused")


class CohortKind(models.TextChoices):
    """Whose answers a statistic is of."""

    ALL = "all", _("everybody")
    TEAM = "team", _("team")
    POSITION = "position", _("position")
    ROUND = "round", _("half-year")


class RemedyChoice(models.TextChoices):
    """What becomes of a suspended question in the attempts that had it; the values are the rule's."""

    LEFT_OUT = Remedy.LEFT_OUT.value, _("It is left out")
    CREDITED = Remedy.CREDITED.value, _("Everybody gets the point")
