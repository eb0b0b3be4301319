"""Writing Moodle XML that Moodle reads, and that we read as the same questions."""

from collections.abc import Iterable
from xml.sax.saxutils import escape

from certification.exchange.finishing import marks_of
from certification.exchange.identity import labels_for, path_of
from certification.exchange.items import Item
from certification.exchange.notes import to_note
from certification.exchange.xml_trees import write_element

HEADER = '<?xml version="1.0" encoding="UTF-8"?>\n'


def write_moodle_xml(items: Iterable[Item]) -> bytes:
    """A Moodle XML file of ``items``."""
    written = []
    category: tuple[str, ...] = ()
    for item in items:
        if item.category != category:
            category = item.category
            path = write_element("category", _text(f"top/{path_of(category)}"))
            written.append(write_element("question", path, type="category"))
        written.append(_question(item))
    return f"{HEADER}<quiz>\n{chr(10).join(written)}\n</quiz>\n".encode()


def _question(item: Item) -> str:
    answers = _answers(item)
    kind, parts = answers or ("essay", _essay(item))
    labels = labels_for(item, marks_of(item, disguised=answers is None))
    head = [
        write_element("name", _text(item.name or item.text[:80])),
        _formatted("questiontext", item.text),
        _formatted("generalfeedback", item.explanation),
        write_element("defaultgrade", str(_grade(item))),
        write_element("idnumber", escape(item.key)),
    ]
    tags = "".join(write_element("tag", _text(label)) for label in labels)
    tail = [write_element("tags", tags)] if tags else []
    return write_element("question", "\n" + "\n".join([*head, *parts, *tail]) + "\n", type=kind)


def _essay(item: Item) -> list[str]:
    """An essay; what its assessor needs stands in the note to them, which Moodle shows nobody else."""
    settings = [
        write_element("responseformat", "plain"),
        write_element("responserequired", "1"),
        write_element("attachments", "0"),
    ]
    return [*settings, _formatted("graderinfo", to_note(item.kind, item.body))]


def _grade(item: Item) -> int:
    """The points of a question: of an open one those of its rubric."""
    if item.kind != "open":
        return 1
    return sum(criterion["points"] for criterion in item.body["criteria"])


def _answers(item: Item) -> tuple[str, list[str]] | None:
    """Moodle's type and its elements, or None where Moodle has no words for the kind."""
    body = item.body
    match item.kind:
        case "single":
            worths = [100 if choice["right"] else 0 for choice in body["choices"]]
            return _choices(worths, body["choices"], single=True)
        case "situational":
            worths = [choice["worth"] for choice in body["choices"]]
            return _choices(worths, body["choices"], single=True)
        case "multiple":
            share = 100 / sum(choice["right"] for choice in body["choices"])
            worths = [share if choice["right"] else -share for choice in body["choices"]]
            return _choices(worths, body["choices"], single=False)
        case "true_false":
            worths = {"true": 100 if body["right"] else 0, "false": 0 if body["right"] else 100}
            return "truefalse", [_answer(text, worth) for text, worth in worths.items()]
        case "short":
            accepted = [text.replace("*", r"\*") for text in body["accepted"]]
            usecase = write_element("usecase", "0")
            return "shortanswer", [usecase, *(_answer(text, 100) for text in accepted)]
        case "numeric":
            tolerance = write_element("tolerance", body["tolerance"])
            return "numerical", [_answer(body["value"], 100, more=tolerance)]
        case "ordering":
            settings = [
                write_element("layouttype", "VERTICAL"),
                write_element("selecttype", "ALL"),
                write_element("gradingtype", "ABSOLUTE_POSITION"),
            ]
            steps = [_answer(step, place) for place, step in enumerate(body["steps"], start=1)]
            return "ordering", [*settings, *steps]
        case "matching":
            pairs = [(pair["left"], pair["right"]) for pair in body["pairs"]]
            pairs += [("", right) for right in body["extra"]]
            shuffle = write_element("shuffleanswers", "true")
            return "matching", [shuffle, *(_pair(left, right) for left, right in pairs)]
    return None


def _choices(worths: list[float], choices: list[dict], *, single: bool) -> tuple[str, list[str]]:
    answers = [_answer(c["text"], worth) for c, worth in zip(choices, worths, strict=True)]
    settings = [
        write_element("single", "true" if single else "false"),
        write_element("shuffleanswers", "true"),
    ]
    return "multichoice", [*settings, *answers]


def _answer(text: str, worth: float, more: str = "") -> str:
    fraction = f"{worth:.5f}".rstrip("0").rstrip(".")
    return write_element("answer", _text(text) + more, fraction=fraction, format="plain_text")


def _pair(left: str, right: str) -> str:
    answer = write_element("answer", _text(right))
    return write_element("subquestion", _text(left) + answer, format="plain_text")


def _formatted(name: str, text: str) -> str:
    return write_element(name, _text(text), format="plain_text")


def _text(text: str) -> str:
    return f"<text>{escape(text)}</text>"
