"""The chain of a notice: article, competence, questions, person; one component on every page that touches one."""

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from competence.choices import StateChoice
from competence.models import CellSegment
from competence.wording import chip_words
from kb.addressees import Addressee
from kb.extensions import Asked
from kb.models import ChangeNotice


def chain_of(
    notice: ChangeNotice,
    addressee: Addressee,
    asked: Asked,
    *,
    article_url: str = "",
    now_answering: bool = False,
) -> list[dict]:
    """The four nodes, for the person it concerns."""
    cell = leading_cell(addressee)
    record = f"{reverse('record', args=[cell.employee_id])}?c={cell.competence_id}"
    return [
        {
            "icon": "article",
            "words": _("Article, v. %(number)s") % {"number": notice.number},
            "url": article_url,
        },
        {"icon": "competence", "words": _competences(addressee, cell), "url": record},
        {
            "icon": "question",
            "words": _questions(addressee, asked),
            "url": reverse("notice", args=[notice.pk]) if asked.questions else "",
            "current": now_answering and bool(asked.questions),
            "missing": not asked.questions and not addressee.is_done,
        },
        {"state": _state(addressee, cell), "words": person_words(addressee, cell), "url": record},
    ]


def leading_cell(addressee: Addressee) -> CellSegment:
    """The cell that the chain shows: the most urgent of those the position requires."""
    cells = addressee.required or addressee.cells
    urgent = [cell for cell in cells if cell.check_by is not None]
    return min(urgent, key=lambda cell: (cell.check_by, cell.pk)) if urgent else cells[0]


def person_words(addressee: Addressee, cell: CellSegment) -> str:
    """What the person is to do, or may: “you: check by 28 November”."""
    if cell.check_by is not None and not addressee.is_done:
        day = date_format(cell.check_by, _("j F"))
        return _("you: check by %(day)s") % {"day": day}
    if cell.state in (StateChoice.CURRENT, StateChoice.DUE_SOON):
        return _("you: may")
    return _("you: %(state)s") % {"state": chip_words(cell)}


def _state(addressee: Addressee, cell: CellSegment) -> str:
    if cell.check_by is not None and not addressee.is_done and cell.state == StateChoice.CURRENT:
        # Announced and not in force yet: to be checked already.
        return StateChoice.STALE.value
    return cell.state or StateChoice.NONE.value


def _competences(addressee: Addressee, cell: CellSegment) -> str:
    words = f"{cell.competence.name} {cell.level}"
    more = len(addressee.required or addressee.cells) - 1
    return _("%(name)s and %(more)s more") % {"name": words, "more": more} if more > 0 else words


def _questions(addressee: Addressee, asked: Asked) -> str:
    count = len(asked.questions)
    if not count:
        return _("read") if addressee.is_done else _("no questions")
    if addressee.is_done or asked.next is None:
        return _("%(done)s of %(count)s") % {"done": count, "count": count}
    if asked.answered:
        return _("question %(place)s of %(count)s") % {"place": asked.place, "count": count}
    return ngettext("%(count)s question", "%(count)s questions", count) % {"count": count}
