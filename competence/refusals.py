"""How services of this app say no: each refusal has a name and a sentence for the person who asked."""

from people.refusals import Refusal


class NotYours(Refusal):
    """This person may not do that to this employee."""


class OwnRecord(Refusal):
    """Nobody signs, raises, suspends or withdraws in their own record."""


class MaySignNot(Refusal):
    """The mentor's own competence does not reach what is to be signed."""


class Impossible(Refusal):
    """The values cannot be: the rule's own words."""


class TwoPeopleNeeded(Refusal):
    """A second person must decide as well."""


class AlreadyDeclared(Refusal):
    """A level is declared once, at the start."""


class NothingToWithdraw(Refusal):
    """The event is withdrawn already, or is none that can be."""


class UnknownCall(Refusal):
    """A calibration needs a call that was rated."""


class AlreadyDecided(Refusal):
    """Somebody else has decided on the proposal."""
