"""The closed vocabularies of articles."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kb.guided import Outcome


class Audience(models.TextChoices):
    """Who may read an article."""

    PUBLIC = "public", _("Everybody, customers too")
    INTERNAL = "internal", _("Employees")
    TEAMS = "teams", _("Chosen teams")


class Kind(models.TextChoices):
    """What sort of text an article is."""

    HOW_TO = "how-to", _("How-to")
    INCIDENT = "incident", _("Incident")
    TARIFF = "tariff", _("Tariff")
    SCRIPT = "script", _("Script")
    STANDARD = "standard", _("Standard")
    REGULATION = "regulation", _("Regulation")


class Risk(models.TextChoices):
    """What a wrong answer costs; it decides review intervals and how a change is checked."""

    LOW = "low", _("Low")
    NORMAL = "normal", _("Normal")
    HIGH = "high", _("High")
    CRITICAL = "critical", _("Critical")


class State(models.TextChoices):
    """Where a version stands."""

    ANNOUNCED = "announced", _("announced")
    IN_FORCE = "in_force", _("in force")
    SUPERSEDED = "superseded", _("superseded")
    WITHDRAWN = "withdrawn", _("withdrawn")


class ChangeSize(models.TextChoices):
    """How much a new version concerns the people who know the old one."""

    MINOR = "minor", _("Minor: nobody is told")
    NOTIFY = "notify", _("Notify")
    CONFIRM = "confirm", _("Must be confirmed")


class Manner(models.TextChoices):
    """How somebody confirmed that they know a version."""

    ANSWERED = "answered", _("answered the questions")
    STATED = "stated", _("read it and said so")


class HowVerified(models.TextChoices):
    """How somebody found that an article is true."""

    READ = "read", _("read it")
    TRIED = "tried", _("tried it live")
    ASKED = "asked", _("asked the product team")
    APPROVED = "approved", _("approved the new version")
    # Not a look: it takes an earlier one back that was signed by mistake.
    MISTAKE = "mistake", _("signed by mistake")


class Reason(models.TextChoices):
    """Why an article did not help."""

    MISSING = "missing", _("Did not find it")
    WRONG = "wrong", _("Wrong")
    UNCLEAR = "unclear", _("Unclear")
    OUTDATED = "outdated", _("Outdated")


class TaskKind(models.TextChoices):
    """Why somebody should look at an article or a section."""

    GAP = "gap", _("Questions find nothing")
    UNHELPFUL = "unhelpful", _("What is found does not help")
    FEEDBACK = "feedback", _("A reader says it is wrong")
    REVIEW = "review", _("Due for review")
    CALL = "call", _("A call went wrong because of it")
    OTHER = "other", _("Something else")


class TaskState(models.TextChoices):
    """Where a task stands."""

    OPEN = "open", _("to be done")
    DOING = "doing", _("in work")
    ANSWERED = "answered", _("answered")
    DONE = "done", _("done")
    DROPPED = "dropped", _("not needed")


OPEN_TASK_STATES = [TaskState.OPEN.value, TaskState.DOING.value]

# Days until an article of a risk must be looked at again, unless its editor says otherwise.
REVIEW_DAYS = {Risk.LOW: 365, Risk.NORMAL: 180, Risk.HIGH: 90, Risk.CRITICAL: 90}


class ScriptOutcome(models.TextChoices):
    """How a walk through a guided script ends."""

    SOLVED = Outcome.SOLVED, _("Solved")
    HANDED_ON = Outcome.HANDED_ON, _("Handed on")
    CALL_BACK = Outcome.CALL_BACK, _("Call back")
