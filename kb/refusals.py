"""What knowledge refuses, as exceptions that carry words for the person who asked.

In the admin they become a message and never a 500 (``kb.middleware.RefusalMiddleware``).
"""


class KnowledgeRefused(Exception):
    """Something must not be done to an article or a section; the message says why and what to do instead."""


class AliasRefused(KnowledgeRefused):
    """Alias pages would show an article past its gate."""


class ArticleKept(KnowledgeRefused):
    """An article that people have read is archived, never deleted."""


class LiveWithoutVersion(KnowledgeRefused):
    """The text of a live article would change without a version that somebody answers for."""


class ApprovalRefused(KnowledgeRefused):
    """This person may not approve this text, or it is not the text that was submitted."""


class AudienceRefused(KnowledgeRefused):
    """The audience cannot be set like this, or not by this person."""


class TagsNotMerged(KnowledgeRefused):
    """These tags cannot be merged."""


class ChangeRefused(KnowledgeRefused):
    """What is said of a change is not enough, or it asks somebody who cannot be asked."""


class NothingToConfirm(KnowledgeRefused):
    """This change does not concern this person, or it was withdrawn."""


class QuestionsLeft(KnowledgeRefused):
    """A version with questions is confirmed by answering them, not by saying so."""


class TooMuchFeedback(KnowledgeRefused):
    """So much from one reader within an hour is not reading."""


class NotAnswered(KnowledgeRefused):
    """What readers said cannot be closed like this, or not by this person."""


class NotMerged(KnowledgeRefused):
    """These are not the same thing, or one of them is answered already."""


class NotReopened(KnowledgeRefused):
    """It is open already, or this person has not reported it."""


class NotVerified(KnowledgeRefused):
    """This person may not sign that this is true, or it is not the text they have looked at."""


class NotWithdrawn(KnowledgeRefused):
    """This person may not withdraw this change."""
