"""Parts that all types of Moodle XML share: texts in their formats, answers, switches."""

from decimal import Decimal

from django.utils.translation import gettext as _

from certification.exchange.building import NOTHING, Answer, weight
from certification.exchange.finishing import Draft
from certification.exchange.texts import from_html, from_markdown, losses_of, one_line, tidy
from certification.exchange.xml_trees import Node

PLAIN, MARKDOWN = "plain_text", "markdown"


def source_of(node: Node | None) -> str:
    """The text as the file has it."""
    if node is None:
        return ""
    text = node.first("text")
    return text.own_text if text else node.own_text


def words_of(node: Node | None, draft: Draft | None, default: str = "html") -> str:
    """The words of a text with a format; what of them is lost is noted in ``draft``."""
    source = source_of(node)
    if node is None or not source:
        return ""
    written = node.attributes.get("format", default)
    if written == PLAIN:
        return tidy(source)
    if draft is not None:
        draft.losses += losses_of(source)
        attached = [file.attributes.get("name", "") for file in node.all("file")]
        if attached and "<" not in source:
            draft.losses.append(_("an attached file was left out"))
    if written == MARKDOWN:
        return from_markdown(source)
    if "<" not in source and written != "html":
        return tidy(source)
    return from_html(source)


def fraction_of(node: Node) -> Decimal:
    """What an answer is worth, in percent; in old files it is a part of one in an element."""
    if "fraction" in node.attributes:
        return weight(node.attributes["fraction"])
    old = node.text_of("fraction")
    if not old:
        return NOTHING
    value = weight(old)
    return value * 100 if abs(value) <= 1 else value


def answer_of(node: Node, draft: Draft, *, plain: bool = False) -> Answer:
    """An answer with its weight and what is said to it."""
    said = tidy(source_of(node)) if plain else words_of(node, draft)
    if not said and not plain and node.all("file"):
        draft.losses.append(_("a picture was left out"))
    remark = one_line(words_of(node.first("feedback"), draft))
    return Answer(one_line(said), fraction_of(node), remark)


def is_set(node: Node, name: str, default: bool) -> bool:
    """A switch that is written as true and false, 1 and 0, or an empty element."""
    child = node.first(name)
    if child is None:
        return default
    said = child.own_text.casefold()
    return said not in {"false", "0", "no", ""}
