"""What certification tells people (fills ``notifications.kinds``)."""

from certification.notices.appeals import APPEALED, DECIDED
from certification.notices.assessments import ANSWERS_WAIT, ASSESSED
from certification.notices.campaigns import CALLED, LINE_CALLED, ROUND_AHEAD
from certification.notices.certificates import REVOKED
from certification.notices.results import JUDGED_ANEW
from notifications.extensions import kinds


def register() -> None:
    """Fill the point, in the order the groups stand among one's preferences."""
    known = {kind.name for kind in kinds}
    for kind in (
        *(CALLED, ROUND_AHEAD, LINE_CALLED, JUDGED_ANEW, ASSESSED, APPEALED, DECIDED),
        *(ANSWERS_WAIT, REVOKED),
    ):
        if kind.name not in known:
            kinds.register(kind)
