"""The closed lists of this app."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class StepKind(models.TextChoices):
    """What a step of a programme is."""

    LESSON = "lesson", _("Lesson")
    PRACTICE = "practice", _("Practice")


class Proof(models.TextChoices):
    """What somebody shows when they say that they are ready."""

    CALL = "call", _("Call number")
    TICKET = "ticket", _("Ticket number")
    CHAT = "chat", _("Chat number")
    NONE = "none", _("Nothing: shown beside the mentor")


class EnrollmentState(models.TextChoices):
    """How a way through a programme stands."""

    OPEN = "open", _("Under way")
    COMPLETED = "completed", _("Completed")
    STOPPED = "stopped", _("Stopped")


class RequestState(models.TextChoices):
    """How a request for a signature stands."""

    WAITING = "waiting", _("Waits for a signature")
    ANSWERED = "answered", _("Answered")
    TAKEN_BACK = "taken_back", _("Taken back")


class SessionKind(models.TextChoices):
    """What people come together for."""

    LECTURE = "lecture", _("Lecture")
    PRACTICAL = "practical", _("Practical class")
    WEBINAR = "webinar", _("Webinar")
    CASE_REVIEW = "case_review", _("Case review")
    MEETING = "meeting", _("Meeting")


class SessionState(models.TextChoices):
    """Whether a session takes place. That it is over, its end says."""

    PLANNED = "planned", _("Planned")
    CANCELLED = "cancelled", _("Cancelled")


class Answer(models.TextChoices):
    """What somebody said to an invitation."""

    NONE = "none", _("No answer yet")
    ACCEPTED = "accepted", _("Comes")
    DECLINED = "declined", _("Does not come")


class Usefulness(models.IntegerChoices):
    """How useful a session was to somebody."""

    VERY = 4, _("Very useful")
    RATHER = 3, _("Useful")
    LITTLE = 2, _("Of little use")
    NONE = 1, _("Of no use")
