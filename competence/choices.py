"""The words that rows of this app choose from: types of events, kinds, risks, gate modes."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from competence.rule.cells import Kind as RuleKind
from competence.rule.cells import Risk as RuleRisk
from competence.rule.states import State as RuleState


class Kind(models.TextChoices):
    """The kinds of competence, by the names of the rule."""

    KNOWLEDGE = RuleKind.KNOWLEDGE.value, _("Knowledge")
    SKILL = RuleKind.SKILL.value, _("Skill")
    QUALITY = RuleKind.QUALITY.value, _("Quality")


class Risk(models.TextChoices):
    """What a mistake costs, by the names of the rule."""

    LOW = RuleRisk.LOW.value, _("Low")
    NORMAL = RuleRisk.NORMAL.value, _("Normal")
    HIGH = RuleRisk.HIGH.value, _("High")
    CRITICAL = RuleRisk.CRITICAL.value, _("Critical")


class GateMode(models.TextChoices):
    """What a shut gate of a queue does: nothing, it is said, or it is enforced."""

    OFF = "off", _("Off")
    ADVISE = "advise", _("Advise")
    ENFORCE = "enforce", _("Enforce")


class Channel(models.TextChoices):
    """Where a piece of practice was seen."""

    CALL = "call", _("Call")
    TICKET = "ticket", _("Ticket")
    CHAT = "chat", _("Chat")


class Rater(models.TextChoices):
    """Whose rating it is that never counts towards a level."""

    SELF = "self", _("Self-assessment")
    PEER = "peer", _("Colleague's rating")
    CUSTOMER = "customer", _("Customer's rating")


class EventType(models.TextChoices):
    """What can happen to a cell."""

    QUIZ = "quiz", _("Quiz")
    OBSERVATION = "observation", _("Observation")
    CALIBRATION = "calibration", _("Calibration")
    CHECK = "check", _("Check of a change")
    PROGRESS = "progress", _("Progress")
    RATING = "rating", _("Rating beside the level")
    DECLARED = "declared", _("Declared level")
    COMMISSION = "commission", _("Commission's verdict")
    OVERRIDE = "override", _("Override")
    LEAVE = "leave", _("Leave")
    SUSPENSION = "suspension", _("Suspension")
    WITHDRAWAL = "withdrawal", _("Withdrawal")


class StateChoice(models.TextChoices):
    """The seven states in the words of the drill-down, worst first as lists show them."""

    LAPSED = RuleState.LAPSED.value, _("lapsed")
    STALE = RuleState.STALE.value, _("stale")
    SUSPENDED = RuleState.SUSPENDED.value, _("suspended")
    DUE_SOON = RuleState.DUE_SOON.value, _("due soon")
    LEARNING = RuleState.LEARNING.value, _("learning")
    NONE = RuleState.NONE.value, _("not started")
    CURRENT = RuleState.CURRENT.value, _("current")
