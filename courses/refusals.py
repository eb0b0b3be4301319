"""How services of this app say no: each refusal has a name and a sentence for the person who asked."""

from people.refusals import Refusal


class NotYours(Refusal):
    """This person may not do that for this trainee."""


class Impossible(Refusal):
    """The values cannot be."""


class NotOpen(Refusal):
    """The way through the programme is over."""


class NothingToSign(Refusal):
    """Everything of the task is signed, or the rest is another assessor's."""


class SameDay(Refusal):
    """The task is shown on different days, and one repetition was shown on this day."""


class CommentNeeded(Refusal):
    """A rating below target says what comes next."""


class NumberNeeded(Refusal):
    """The task asks for the number of a call, ticket or chat."""


class StepsUnread(Refusal):
    """Not every step of the lesson was opened: opened is not learned, and not opened is not read."""


class ReasonNeeded(Refusal):
    """After the first minutes a withdrawal says why."""


class AlreadyWithdrawn(Refusal):
    """The signature was withdrawn before."""


class BeginsInThePast(Refusal):
    """A plan made by hand begins today or later."""


class WaitsForPrevious(Refusal):
    """The step before it is not done."""


class SessionOver(Refusal):
    """The session was cancelled, or has begun or ended."""


class NotYetBegun(Refusal):
    """Attendance is taken once the session has begun."""


class TooManyAway(Refusal):
    """More of a line than the house allows would be away from it at once."""
