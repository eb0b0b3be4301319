"""Gaps of Moodle: answers embedded in the text (cloze), and words chosen or dragged into it."""

import html
import re
from typing import Any

from django.utils.translation import gettext as _

from certification.exchange.building import FULL, NOTHING, Answer, Built, checked, number, weight
from certification.exchange.finishing import Draft
from certification.exchange.items import Unsuitable
from certification.exchange.moodle_xml.parts import source_of
from certification.exchange.texts import from_html, one_line
from certification.exchange.xml_trees import Node
from certification.kinds.numbers import plain

START = re.compile(
    r"\{(\d*):(NUMERICAL|NM|MULTICHOICE|MC|MULTIRESPONSE|MR|SHORTANSWER|SA|MW)(_?[VHSC]{1,2})?:"
)
WEIGHT = re.compile(r"=|%(-?\d{1,3}(?:[.,]\d*)?)%")
ESCAPE = re.compile(r"\\([}#~/\"'\\=])")
PLACE = re.compile(r"\[\[(\d{1,3})\]\]")
TYPED = {"SHORTANSWER", "SA", "MW"}
NUMBERS = {"NUMERICAL", "NM"}
SEVERAL = {"MULTIRESPONSE", "MR"}


def cloze(node: Node, draft: Draft) -> Built:
    """A text with answers embedded in it."""
    source = source_of(node.first("questiontext"))
    pieces: list[str] = []
    gaps: list[dict[str, Any]] = []
    remarks: list[str] = []
    position = 0
    while match := START.search(source, position):
        end = _end_of(source, match.end())
        pieces.append(source[position : match.start()])
        gaps.append(_gap(match[2], source[match.end() : end], draft, remarks))
        pieces.append(f"[[{len(gaps)}]]")
        position = end + 1
    pieces.append(source[position:])
    if not gaps:
        raise Unsuitable(_("a text with gaps that has no gaps"))
    return _with_passage(from_html("".join(pieces)), gaps, draft, remarks)


def words_in_gaps(node: Node, draft: Draft) -> Built:
    """Words chosen from lists or dragged into the places [[1]], [[2]], …"""
    offered = node.all("selectoption") or node.all("dragbox") or node.all("answer")
    words = [one_line(from_html(source_of(option))) for option in offered]
    groups = [option.text_of("group", "1") for option in offered]
    places = [int(place) for place in PLACE.findall(draft.text)]
    if not places:
        raise Unsuitable(_("a text with gaps that has no gaps"))
    if any(not 1 <= place <= len(words) for place in places):
        raise Unsuitable(_("a gap has no word that belongs into it"))
    gaps = []
    for place in places:
        group = [
            word for word, name in zip(words, groups, strict=True) if name == groups[place - 1]
        ]
        choices = list(dict.fromkeys(group))
        gaps.append({"choices": choices, "right": choices.index(words[place - 1])})
    count = iter(range(1, len(places) + 1))
    passage = PLACE.sub(lambda _match: f"[[{next(count)}]]", draft.text)
    return _with_passage(passage, gaps, draft, [])


def _with_passage(
    passage: str, gaps: list[dict[str, Any]], draft: Draft, remarks: list[str]
) -> Built:
    """What stands before the first gap in paragraphs of its own asks; the rest is filled in."""
    paragraphs = passage.split("\n\n")
    asked = next(index for index, part in enumerate(paragraphs) if PLACE.search(part))
    draft.text = "\n\n".join(paragraphs[:asked]) or _("Fill in the gaps.")
    body = {"passage": "\n\n".join(paragraphs[asked:]), "gaps": gaps}
    return checked(Built("gap", body, remarks=remarks))


def _end_of(source: str, start: int) -> int:
    position = start
    while (position := source.find("}", position)) >= 0:
        if source[position - 1] != "\\":
            return position
        position += 1
    raise Unsuitable(_("the braces { and } do not match"))


def _gap(kind: str, source: str, draft: Draft, remarks: list[str]) -> dict[str, Any]:
    answers = [_answer(part) for part in re.split(r"(?<!\\)~", source)]
    remarks += [
        f"«{answer.text}»: {answer.remark}" if answer.text != "*" else answer.remark
        for answer in answers
        if answer.remark
    ]
    right = [answer for answer in answers if answer.weight >= FULL]
    if kind in SEVERAL and not right:
        right = [answer for answer in answers if answer.weight > NOTHING]
    if not right:
        raise Unsuitable(_("no answer is completely right"))
    if any(NOTHING < answer.weight < FULL for answer in answers):
        draft.losses.append(_("answers to a gap that are right in part count as wrong"))
    if kind in NUMBERS:
        value, _colon, tolerance = right[0].text.partition(":")
        return {
            "value": plain(number(value)),
            "tolerance": plain(abs(number(tolerance or "0"))),
        }
    if kind in TYPED:
        return {"accepted": list(dict.fromkeys(answer.text for answer in right))}
    kept = answers
    if len(right) > 1:
        draft.losses.append(_("a gap with several right answers takes only the first"))
        kept = [answer for answer in answers if answer is right[0] or answer not in right]
    choices = list(dict.fromkeys(answer.text for answer in kept))
    return {"choices": choices, "right": choices.index(right[0].text)}


def _answer(part: str) -> Answer:
    worth = NOTHING
    if match := WEIGHT.match(part.lstrip()):
        worth = FULL if match[0] == "=" else weight(match[1])
        part = part.lstrip()[match.end() :]
    # A "#" after "&" belongs to an entity of HTML.
    said, *remark = re.split(r"(?<![\\&])#", part, maxsplit=1)
    return Answer(_unescaped(said), worth, _unescaped(remark[0]) if remark else "")


def _unescaped(text: str) -> str:
    return one_line(html.unescape(from_html(ESCAPE.sub(r"\1", text))))
