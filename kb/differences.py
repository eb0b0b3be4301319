"""What differs between two texts, paragraph by paragraph and word by word, for people to read. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

WORD = re.compile(r"\w+|\s+|[^\w\s]", re.UNICODE)
# Below this likeness two paragraphs are an old one that went and a new one that came.
ALIKE = 0.35


class Op(StrEnum):
    """What became of a stretch of words."""

    KEPT = "kept"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True)
class Paragraph:
    """A line of a text as it is read: its words, what it is (text, heading, item, step, row, code, say), whose."""

    text: str
    kind: str = "text"
    internal: bool = False


@dataclass(frozen=True)
class Piece:
    """A stretch of words with the same fate."""

    op: Op
    text: str


@dataclass(frozen=True)
class Shown:
    """A paragraph of the new text, or one that is gone, with its words by fate."""

    kind: str
    internal: bool
    pieces: tuple[Piece, ...]

    @property
    def is_changed(self) -> bool:
        """Whether anything of it is not as it was."""
        return any(piece.op is not Op.KEPT for piece in self.pieces)

    def words(self, *without: Op) -> str:
        """Its text, without the words of some fates."""
        return "".join(piece.text for piece in self.pieces if piece.op not in without)


def compare(before: Sequence[Paragraph], after: Sequence[Paragraph]) -> list[Shown]:
    """The text ``after`` with what changed since ``before``; what is gone stands where it stood."""
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    shown: list[Shown] = []
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if tag == "equal":
            shown += [_whole(Op.KEPT, one) for one in after[new_from:new_to]]
        else:
            shown += _replaced(before[old_from:old_to], after[new_from:new_to])
    return shown


def unmarked(text: Sequence[Paragraph]) -> list[Shown]:
    """A text that has nothing to be compared with."""
    return [_whole(Op.KEPT, one) for one in text]


def _whole(op: Op, paragraph: Paragraph) -> Shown:
    return Shown(paragraph.kind, paragraph.internal, (Piece(op, paragraph.text),))


def _replaced(old: Sequence[Paragraph], new: Sequence[Paragraph]) -> Iterator[Shown]:
    """Each new paragraph beside the old one it came from, in order; those with no partner whole."""
    waiting = list(old)
    for paragraph in new:
        partner = next((one for one in waiting if _alike(one, paragraph)), None)
        if partner is None:
            yield _whole(Op.NEW, paragraph)
            continue
        while waiting[0] is not partner:
            yield _whole(Op.GONE, waiting.pop(0))
        waiting.pop(0)
        yield Shown(paragraph.kind, paragraph.internal, _by_words(partner.text, paragraph.text))
    for paragraph in waiting:
        yield _whole(Op.GONE, paragraph)


def _alike(old: Paragraph, new: Paragraph) -> bool:
    if (old.kind, old.internal) != (new.kind, new.internal):
        return False
    return SequenceMatcher(None, _tokens(old.text), _tokens(new.text)).ratio() >= ALIKE


def _by_words(old: str, new: str) -> tuple[Piece, ...]:
    before, after = _tokens(old), _tokens(new)
    pieces: list[Piece] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        gone, came = "".join(before[old_from:old_to]), "".join(after[new_from:new_to])
        if tag == "equal":
            pieces.append(Piece(Op.KEPT, came))
            continue
        if gone:
            pieces.append(Piece(Op.GONE, gone))
        if came:
            pieces.append(Piece(Op.NEW, came))
    return tuple(pieces)


def _tokens(text: str) -> list[str]:
    return WORD.findall(text)
