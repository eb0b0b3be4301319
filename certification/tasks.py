"""Background work of certification: hand in what has run out, and the sweep that makes standings true."""

from celery import shared_task
from django.utils import timezone

from certification.services.assessors import remind_assessors
from certification.services.certificates import issue_missing
from certification.services.collecting import collect
from certification.services.reminding import remind_of_rounds
from certification.services.rescoring import rescore_all
from certification.services.standings import derive_all
from certification.services.submitting import submit_run_out


@shared_task(name="certification.submit_run_out", ignore_result=True)
def submit_attempts_that_ran_out() -> int:
    """Hand in every attempt whose time is over."""
    return submit_run_out(now=timezone.now())


@shared_task(name="certification.derive_standings", ignore_result=True)
def derive_standings() -> int:
    """Up to which version each question holds, for whatever an event was lost of."""
    return derive_all()


@shared_task(name="certification.collect_answers", ignore_result=True)
def collect_answers() -> int:
    """Take in what was handed in since, and count the figures of its questions anew."""
    return collect(now=timezone.now())


@shared_task(name="certification.rescore", ignore_result=True)
def rescore_attempts() -> int:
    """Judge anew every attempt that does not follow a suspended question yet."""
    return rescore_all(now=timezone.now())


@shared_task(name="certification.remind_of_rounds", ignore_result=True)
def remind_of_recertification() -> int:
    """Remind whoever is called of their day, 14, 3 and 0 days before it, while they are at work."""
    return remind_of_rounds(now=timezone.now())


@shared_task(name="certification.remind_assessors", ignore_result=True)
def remind_assessors_of_open_answers() -> int:
    """Tell assessors at work, once a day, that open answers wait for them."""
    return remind_assessors(now=timezone.now())


@shared_task(name="certification.issue_certificates", ignore_result=True)
def issue_certificates() -> int:
    """A certificate for each passed test that has none."""
    return issue_missing(now=timezone.now())
