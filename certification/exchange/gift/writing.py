"""Writing GIFT that Moodle reads, and that we read as the same questions."""

from collections.abc import Iterable

from certification.exchange.finishing import marks_of
from certification.exchange.gift.answers import WEIGHT
from certification.exchange.gift.syntax import FORMAT, escape
from certification.exchange.identity import labels_for, path_of
from certification.exchange.items import Item
from certification.exchange.notes import to_note

ARROW = "->"
LITERAL_STAR = r"\*"


def write_gift(items: Iterable[Item]) -> bytes:
    """A GIFT file of ``items``."""
    written = []
    category: tuple[str, ...] = ()
    for item in items:
        if item.category != category:
            category = item.category
            written.append(f"$CATEGORY: {escape(path_of(category)) or 'top'}\n")
        written.append(_question(item))
    return "\n".join(written).encode()


def _question(item: Item) -> str:
    answers = _answers(item)
    labels = labels_for(item, marks_of(item, disguised=answers is None))
    comments = [
        *([f"[id:{_bracketed(item.key)}]"] if item.key else []),
        *(f"[tag:{_bracketed(label)}]" for label in labels),
    ]
    lines = [f"// {' '.join(comments)}"] if comments else []
    if answers is None:
        lines += [f"// | {line}" for line in to_note(item.kind, item.body).splitlines()]
        answers = ""
    name = f"::{escape(item.name)}::" if item.name else ""
    explanation = f"####{_words(item.explanation)}" if item.explanation else ""
    # An ordering's lines end where the braces do.
    gap = "\n" if answers.startswith(">") else ""
    lines.append(f"{name}[plain]{escape(item.text)} {{{answers}{gap}{explanation}}}")
    return "\n".join(lines) + "\n"


def _bracketed(text: str) -> str:
    return text.replace("\\", "\\\\").replace("]", r"\]")


def _answers(item: Item) -> str | None:
    """The answers of ``item``, or None where GIFT has no words for them."""
    body = item.body
    match item.kind:
        case "single":
            worths = [100 if choice["right"] else 0 for choice in body["choices"]]
            return _choices(worths, body["choices"])
        case "situational":
            return _choices([choice["worth"] for choice in body["choices"]], body["choices"])
        case "multiple":
            return _several(body["choices"])
        case "true_false":
            return "TRUE" if body["right"] else "FALSE"
        case "short":
            if any(ARROW in text for text in body["accepted"]):
                return None
            return "".join(
                f"\n\t=%100%{escape(text.replace('*', LITERAL_STAR))}" for text in body["accepted"]
            )
        case "numeric":
            return f"#{body['value']}:{body['tolerance']}"
        case "ordering":
            steps = [_words(step) for step in body["steps"]]
            return "\n".join([f">{len(steps)} ALL VERTICAL ABSOLUTE_POSITION SHOW none", *steps])
        case "matching":
            return _matching(body)
    return None


def _choices(worths: list[int], choices: list[dict]) -> str:
    signs = ["=" if worth == 100 else f"~%{worth}%" if worth else "~" for worth in worths]
    return "".join(
        f"\n\t{sign}{_words(choice['text'], weighed='%' in sign)}"
        for sign, choice in zip(signs, choices, strict=True)
    )


def _several(choices: list[dict]) -> str:
    share = 100 / sum(choice["right"] for choice in choices)
    return "".join(
        f"\n\t~%{share if choice['right'] else -share:.5f}%{_words(choice['text'], weighed=True)}"
        for choice in choices
    )


def _matching(body: dict) -> str | None:
    pairs = [(pair["left"], pair["right"]) for pair in body["pairs"]]
    if any(ARROW in f"{left} " for left, _right in pairs):
        return None
    pairs += [("", text) for text in body["extra"]]
    return "".join(f"\n\t={_words(left)} -> {escape(right)}" for left, right in pairs)


def _words(text: str, *, weighed: bool = False) -> str:
    """``text`` escaped; where it would pass for a format or a weight, with a format before it."""
    ambiguous = FORMAT.match(text) or (not weighed and WEIGHT.match(text))
    return f"[plain]{escape(text)}" if ambiguous else escape(text)
