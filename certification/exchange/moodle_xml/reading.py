"""Reading Moodle XML."""

from django.utils.translation import gettext as _

from certification.exchange.finishing import Collector, Draft
from certification.exchange.identity import category_of
from certification.exchange.items import Reading, Unreadable, Unsuitable
from certification.exchange.moodle_xml.parts import words_of
from certification.exchange.moodle_xml.types import BUILDERS, refusal_of
from certification.exchange.texts import one_line
from certification.exchange.xml_trees import Node, visit_elements

GENERAL_FEEDBACK = ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback")
# What Moodle writes of itself, in the languages we meet; nobody misses it.
STANDARD_FEEDBACK = frozenset(
    {
        *(
            "Your answer is correct.",
            "Your answer is partially correct.",
            "Your answer is incorrect.",
        ),
        *("Ваш ответ верный.", "Ваш ответ частично правильный.", "Ваш ответ неправильный."),
    }
)


def read_moodle_xml(content: bytes, file: str = "") -> Reading:
    """The questions of a Moodle XML file. Raises Unreadable."""
    reader = _Reader(file)
    visit_elements(content, "question".__eq__, reader.visit)
    reading = reader.collector.reading
    if not reader.seen:
        raise Unreadable(_("There is no question in the file."))
    return reading


class _Reader:
    """Goes through the file, the category in force in mind."""

    def __init__(self, file: str) -> None:
        self.collector = Collector(file)
        self.category: tuple[str, ...] = ()
        self.seen = False

    def visit(self, node: Node) -> None:
        self.seen = True
        kind = node.attributes.get("type", "").strip()
        if kind == "category":
            category = node.first("category")
            self.category = category_of(category.text_of("text") if category else "")
            return
        try:
            self._read(node, kind)
        except Unsuitable as reason:
            self.collector.refuse(node.line, str(reason))

    def _read(self, node: Node, kind: str) -> None:
        builder = BUILDERS.get(kind)
        if builder is None:
            raise Unsuitable(refusal_of(kind))
        name = node.first("name")
        draft = Draft(
            line=node.line,
            name=one_line(name.text_of("text")) if name else "",
            key=node.text_of("idnumber"),
            category=self.category,
            labels=[
                tag.text_of("text")
                for group in ("tags", "coursetags")
                for listed in node.all(group)
                for tag in listed.all("tag")
            ],
        )
        draft.text = words_of(node.first("questiontext"), draft)
        draft.explanation = words_of(node.first("generalfeedback"), draft)
        if node.first("image") or node.first("image_base64"):
            draft.losses.append(_("a picture was left out"))
        if node.all("hint") and any(words_of(hint, None) for hint in node.all("hint")):
            draft.losses.append(_("hints were left out"))
        general = [words_of(node.first(part), None) for part in GENERAL_FEEDBACK]
        if any(words and words not in STANDARD_FEEDBACK for words in general):
            draft.losses.append(_("words for right and wrong answers in general were left out"))
        self.collector.take(draft, builder(node, draft))
