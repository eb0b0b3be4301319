"""Saving answers: each save is a row of its own, so that a lost reply, a second tab or an old save loses nothing."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from certification import papers
from certification.kinds import NotAnAnswer
from certification.models import AnswerSave, Attempt
from certification.refusals import AttemptOver, NoSuchSlot, Unreadable
from certification.rules.deadlines import is_over
from certification.wording import not_an_answer_words
from common.ledger import sha256_of

MOST_FIELDS = 60


@transaction.atomic
def save_answer(
    *,
    attempt: Attempt,
    slot: int,
    given: Sequence[str],
    client: str,
    seq: int,
    now: datetime.datetime,
    flagged: bool = False,
) -> AnswerSave:
    """Keep what was answered to question ``slot``. ``client`` names the tab, ``seq`` is its own count of saves.

    The same save again is the row that stands. Another answer under the same key is kept too, ``refused``: the first
    one counts. Raises AttemptOver, NoSuchSlot, Unreadable.
    """
    # The row is held until the commit, so that no answer slips in while the attempt is handed in.
    attempt = Attempt.objects.select_for_update(of=("self",)).get(pk=attempt.pk)
    kept = read_answer(attempt.paper, slot, given)
    payload = sha256_of({"given": kept, "flagged": flagged})
    key = {"attempt": attempt, "slot": slot, "client": client, "seq": seq}
    known = AnswerSave.objects.filter(**key, payload_sha256=payload).first()
    if known is not None:
        return known
    if not attempt.is_open or is_over(attempt.deadline_at, now):
        raise AttemptOver(_("The time is over: what was saved before counts."))
    values = {
        **key,
        "given": kept,
        "flagged": flagged,
        "payload_sha256": payload,
        "received_at": now,
    }
    taken = AnswerSave.objects.filter(**key, refused=False).exists()
    try:
        with transaction.atomic():
            row = AnswerSave.objects.create(**values, refused=taken)
    except IntegrityError:
        known = AnswerSave.objects.filter(**key, payload_sha256=payload).first()
        row = known or AnswerSave.objects.create(**values, refused=True)
    return row


def read_answer(paper: Mapping[str, Any], slot: int, given: Sequence[str]) -> list[str]:
    """What came for question ``slot`` of ``paper`` in the form that is kept. Raises NoSuchSlot, Unreadable."""
    try:
        return papers.read(paper, slot, list(given)[:MOST_FIELDS])
    except IndexError:
        raise NoSuchSlot(_("The test has no such question.")) from None
    except NotAnAnswer as error:
        raise Unreadable(not_an_answer_words(error)) from None
