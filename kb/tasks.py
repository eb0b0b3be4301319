"""Background work of kb: the clock."""

from celery import shared_task
from django.utils import timezone

from kb.services.approval_notices import repair_notices
from kb.services.catching_up import tell_who_is_back
from kb.services.change_repair import repair_changes
from kb.services.late_answers import tell_of_late_answers as tell_of_late
from kb.services.review_reminders import remind_of_reviews as remind
from kb.services.teaching import follow_risks
from kb.services.verifying import follow_verifications
from kb.services.versions import end_expired, put_in_force, withdraw_what_is_off


@shared_task(name="kb.put_versions_in_force", ignore_result=True)
def put_versions_in_force() -> int:
    """Put due versions in force and end expired ones, so that it happens on time even when nobody reads."""
    now = timezone.now()
    withdraw_what_is_off(now=now)
    return put_in_force(now=now) + end_expired(now=now)


@shared_task(name="kb.tell_what_was_missed", ignore_result=True)
def tell_what_was_missed() -> int:
    """Tell of submissions, answers and changes that nobody was told of, with what follows; and who is back."""
    now = timezone.now()
    follow_risks()
    follow_verifications()
    return repair_notices(now=now) + repair_changes(now=now) + tell_who_is_back(now=now)


@shared_task(name="kb.remind_of_reviews", ignore_result=True)
def remind_of_reviews() -> int:
    """Tell whoever answers for articles what falls on their week, once a week while they are at work."""
    return remind(now=timezone.now())


@shared_task(name="kb.tell_of_late_answers", ignore_result=True)
def tell_of_late_answers() -> int:
    """Tell who owes readers an answer, and who leads those, once a day while they are at work."""
    return tell_of_late(now=timezone.now())
