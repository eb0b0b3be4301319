"""The last steps that every reader takes with a question, and the first that every writer takes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from certification.exchange.building import Built, in_own_words
from certification.exchange.identity import key_of, labels_of, told_apart
from certification.exchange.items import (
    LONGEST_EXPLANATION,
    LONGEST_TEXT,
    MOST_ITEMS,
    Item,
    Problem,
    Read,
    Reading,
    Unreadable,
    Unsuitable,
)
from certification.exchange.notes import from_note
from certification.exchange.texts import one_line, tidy

KIND = "kind"
WHOLE = "whole"


@dataclass
class Draft:
    """What a reader found of one question, before it is an item."""

    line: int
    text: str = ""
    name: str = ""
    key: str = ""
    explanation: str = ""
    category: tuple[str, ...] = ()
    labels: list[str] = field(default_factory=list)
    losses: list[str] = field(default_factory=list)
    note: str = ""
    """What the file says to whoever marks an open question."""


class Collector:
    """Gathers what a file gives, in its order, within the limits."""

    def __init__(self, file: str = "") -> None:
        self.reading = Reading()
        self.file = file
        self._keys: dict[str, int] = {}
        self._remark = ""

    def remark(self, words: str) -> None:
        """Something about the whole file; the first question tells it."""
        self._remark = words

    def refuse(self, line: int, reason: str) -> None:
        """Note that the question on ``line`` does not come."""
        self._count()
        self.reading.refused.append(Problem(line, reason, self.file))

    def take(self, draft: Draft, built: Built) -> None:
        """Make an item of ``draft`` and what was ``built`` of its answers. Raises Unsuitable."""
        self._count()
        text = tidy(draft.text)
        if not text:
            raise Unsuitable(_("there is no question, only answers"))
        if len(text) > LONGEST_TEXT:
            raise Unsuitable(
                _("the question is longer than %(n)s characters") % {"n": LONGEST_TEXT}
            )
        losses = [self._remark, *draft.losses, *built.losses]
        self._remark = ""
        explanation, cut = _explanation(draft.explanation, built.remarks)
        if cut:
            losses.append(
                _("the explanation was cut to %(n)s characters") % {"n": LONGEST_EXPLANATION}
            )
        tags, facts = labels_of(draft.labels)
        if WHOLE in facts and built.kind == "multiple":
            built.body["partial"] = False
        for ours in (KIND, WHOLE):
            facts.pop(ours, None)
        name = one_line(draft.name)
        item = Item(
            kind=built.kind,
            body=built.body,
            text=text,
            key=told_apart(self._keys, key_of(draft.key, draft.category, name, text)),
            name=name,
            explanation=explanation,
            category=draft.category,
            tags=tags,
            facts=facts,
        )
        kept = tuple(dict.fromkeys(filter(None, losses)))
        self.reading.read.append(Read(draft.line, item, kept, self.file, built.lacks_rubric))

    @property
    def is_full(self) -> bool:
        """Whether the file has as many questions as one may have."""
        return len(self.reading.read) + len(self.reading.refused) >= MOST_ITEMS

    def _count(self) -> None:
        if self.is_full:
            raise Unreadable(
                _("The file has more than %(n)s questions. Split it into several files.")
                % {"n": MOST_ITEMS}
            )


def open_question(draft: Draft) -> Built:
    """A question that no program can mark: ours in disguise, else one in one's own words. Raises Unsuitable."""
    _tags, facts = labels_of(draft.labels)
    if facts.get(KIND) and draft.note:
        return from_note(facts[KIND], draft.note)
    return in_own_words(tidy(draft.note))


def marks_of(item: Item, *, disguised: bool) -> dict[str, str]:
    """What a writer adds to the labels, so that the reader makes the same item of it."""
    marks = {KIND: item.kind} if disguised else {}
    if item.kind == "multiple" and not item.body.get("partial"):
        marks[WHOLE] = ""
    return marks


def _explanation(general: str, remarks: Sequence[str]) -> tuple[str, bool]:
    parts: Iterable[str] = filter(None, [tidy(general), *(one_line(remark) for remark in remarks)])
    whole = "\n".join(dict.fromkeys(parts))
    if len(whole) <= LONGEST_EXPLANATION:
        return whole, False
    return whole[: LONGEST_EXPLANATION - 1].rstrip() + "…", True
