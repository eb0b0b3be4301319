"""An appeal that waits in the demo: somebody's answer of these days, said to be right all the same."""

import datetime

from certification import papers
from certification.models import Appeal, Submission
from certification.services.appealing import appeal, may_appeal

WORDS = "Мой ответ тоже верен: в статье сказано и так. Проверьте, пожалуйста."
LOOKED_AT = 50


def seed_appeals(*, now: datetime.datetime) -> Appeal | None:
    """About the latest answer that counted for nothing; none where nobody has lost a point these days."""
    rows = Submission.objects.counting().select_related("attempt__quiz", "attempt__employee")
    for submission in rows.order_by("-submitted_at", "-pk")[:LOOKED_AT]:
        answers = {int(slot): given for slot, given in submission.answers.items()}
        scores, _result = papers.score(submission.attempt.paper, answers)
        lost = [slot for slot, score in enumerate(scores, start=1) if not score and slot in answers]
        if lost and may_appeal(submission, now):
            return appeal(submission=submission, slot=lost[0], words=WORDS, now=now)
    return None
