"""What the knowledge base tells people (fills ``notifications.kinds``)."""

from kb.notices.approvals import APPROVAL_ANSWERED, APPROVAL_ASKED
from kb.notices.catching_up import CATCH_UP
from kb.notices.changes import ARTICLE_CHANGED, CHANGE_LED, CHANGE_MISSED
from kb.notices.feedback import FEEDBACK_ANSWERED, FEEDBACK_GIVEN
from kb.notices.following import FOLLOWED_CHANGED
from kb.notices.late_feedback import FEEDBACK_LATE
from kb.notices.reviews import REVIEWS_DUE
from notifications.extensions import kinds


def register() -> None:
    """Fill the point, in the order the groups stand among one's preferences."""
    for kind in (
        ARTICLE_CHANGED,
        CATCH_UP,
        CHANGE_LED,
        CHANGE_MISSED,
        FOLLOWED_CHANGED,
        FEEDBACK_GIVEN,
        FEEDBACK_ANSWERED,
        FEEDBACK_LATE,
        REVIEWS_DUE,
        APPROVAL_ASKED,
        APPROVAL_ANSWERED,
    ):
        kinds.register(kind)
