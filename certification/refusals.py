"""How services of this app say no: each refusal has a name and a sentence for the person who asked."""

from people.refusals import Refusal


class NotConfirmable(Refusal):
    """This question cannot be confirmed: it is a draft, or rests on no text that anybody reads."""


class TooFewQuestions(Refusal):
    """There are not enough confirmed questions to draw a paper."""


class TooEarly(Refusal):
    """The days of rest after a failed attempt are not over."""


class NotOffered(Refusal):
    """The test cannot be taken any more."""


class AttemptOver(Refusal):
    """The attempt was handed in, or its time ran out: nothing more is taken."""


class AnsweredAlready(Refusal):
    """A daily question was answered in another tab, or rewritten, since the page was shown."""


class NotNow(Refusal):
    """A daily question waits: a test that is under way asks it, or nobody has confirmed it for the version in force."""


class NoSuchSlot(Refusal):
    """The paper has no question of this number."""


class Unreadable(Refusal):
    """What came is no answer to this question."""


class FileRefused(Refusal):
    """A file of questions cannot be taken as a whole; the text says why, and nothing was written."""


class TooLateToAppeal(Refusal):
    """The days in which the result could be appealed against are over, or the test has none."""


class NothingLost(Refusal):
    """The answer counted in full: there is nothing to appeal against."""


class DecidedAlready(Refusal):
    """Somebody was quicker: the appeal is decided."""


class AssessedAlready(Refusal):
    """Somebody was quicker: the answer is assessed, or its question was suspended."""


class NotAsTheRubric(Refusal):
    """The marks do not judge the answer: a criterion has none, too many points, or no word on what was missing."""


class StillAssessed(Refusal):
    """The answers of the last time wait for an assessor: the test is not taken again before that."""


class RevokedAlready(Refusal):
    """Somebody was quicker: the certificate is revoked."""


class OwnCertificate(Refusal):
    """Nobody revokes their own certificate."""


class Unexplained(Refusal):
    """A question is suspended, a suspension lifted, an appeal made and refused, a certificate revoked for a reason."""


class OwnResult(Refusal):
    """Nobody decides what changes their own result."""


class SuspendedAlready(Refusal):
    """Somebody was quicker: the version is suspended."""


class NothingToLift(Refusal):
    """Somebody was quicker: the suspension is lifted."""


class NobodyDue(Refusal):
    """A campaign is opened for people who are called: there are none, or somebody else has just called them."""


class NoSuchDay(Refusal):
    """A paper cannot be moved to this day: the person or their line would not be there."""


class CampaignOver(Refusal):
    """The campaign was called off, or this paper of it is passed."""
