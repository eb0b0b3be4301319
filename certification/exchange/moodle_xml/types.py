"""The types of Moodle's questions, each to a kind of ours."""

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from certification.exchange.building import (
    Answer,
    Built,
    NumberAnswer,
    chosen_one,
    chosen_several,
    in_order,
    matched,
    number,
    true_or_false,
    typed_number,
    typed_text,
    weight,
)
from certification.exchange.finishing import Draft, open_question
from certification.exchange.items import Unsuitable
from certification.exchange.moodle_xml.calculated import calculated
from certification.exchange.moodle_xml.gaps import cloze, words_in_gaps
from certification.exchange.moodle_xml.parts import answer_of, is_set, source_of, words_of
from certification.exchange.texts import one_line, tidy
from certification.exchange.xml_trees import Node

Builder = Callable[[Node, Draft], Built]


def _multichoice(node: Node, draft: Draft) -> Built:
    answers = [answer_of(answer, draft) for answer in node.all("answer")]
    if is_set(node, "single", default=True):
        return chosen_one(answers)
    return chosen_several(answers)


def _all_or_nothing(node: Node, draft: Draft) -> Built:
    answers = [answer_of(answer, draft) for answer in node.all("answer")]
    return chosen_several(answers, whole=True)


def _several(node: Node, draft: Draft) -> Built:
    return chosen_several([answer_of(answer, draft) for answer in node.all("answer")])


def _truefalse(node: Node, draft: Draft) -> Built:
    answers = [answer_of(answer, draft, plain=True) for answer in node.all("answer")]
    if not answers:
        raise Unsuitable(_("no answer is right"))
    named = {answer.text.casefold(): answer for answer in answers}
    # Files of other languages say it in their own words: the first answer is “true”.
    true = named.get("true") or named.get("1") or answers[0]
    spoken = [Answer(answer.text, answer.weight, answer.remark) for answer in answers]
    remarks = [f"«{answer.text}»: {answer.remark}" for answer in spoken if answer.remark]
    others = [answer.weight for answer in answers if answer is not true]
    if true.weight <= 0 and not any(worth > 0 for worth in others):
        raise Unsuitable(_("no answer is right"))
    return true_or_false(true.weight > max(others, default=weight("0")), remarks)


def _shortanswer(node: Node, draft: Draft) -> Built:
    answers = [answer_of(answer, draft, plain=True) for answer in node.all("answer")]
    return typed_text(answers, case_matters=is_set(node, "usecase", default=False))


def _numerical(node: Node, draft: Draft) -> Built:
    read, remarks = [], []
    for element in node.all("answer"):
        answer = answer_of(element, draft, plain=True)
        if answer.text in {"*", ""}:
            remarks.append(answer.remark)
            continue
        tolerance = element.text_of("tolerance") or element.attributes.get("tolerance", "0")
        read.append(
            NumberAnswer(
                number(answer.text), abs(number(tolerance or "0")), answer.weight, answer.remark
            )
        )
    units = node.first("units")
    if units and units.all("unit"):
        unit = one_line(units.all("unit")[0].text_of("unit_name"))
        draft.losses.append(
            _("the unit is not asked for: the number counts in %(unit)s") % {"unit": unit}
        )
    return typed_number(read, remarks)


def _matching(node: Node, draft: Draft) -> Built:
    pairs = []
    for part in node.all("subquestion"):
        answer = part.first("answer")
        right = one_line(tidy(source_of(answer))) if answer else ""
        pairs.append((one_line(words_of(part, draft)), right))
    return matched(pairs)


def _ordering(node: Node, draft: Draft) -> Built:
    answers = node.all("answer")
    # Exports number the steps where Moodle otherwise keeps weights.
    worths = [weight(answer.attributes.get("fraction", "0")) for answer in answers]
    if len(set(worths)) == len(worths):
        answers = [
            answer for _worth, answer in sorted(zip(worths, answers, strict=True), key=_first)
        ]
    steps = [answer_of(answer, draft) for answer in answers]
    count = node.text_of("selectcount") or node.text_of("studentsee")
    kind = (node.text_of("selecttype") or node.text_of("logical")).upper()
    if kind not in {"ALL", "0"} and count.isdigit() and 2 <= int(count) < len(steps):
        draft.losses.append(_("all steps are asked for, not some of them"))
    built = in_order([step.text for step in steps])
    built.remarks += [f"«{step.text}»: {step.remark}" for step in steps if step.remark]
    return built


def _first(pair):
    return pair[0]


def _essay(node: Node, draft: Draft) -> Built:
    draft.note = words_of(node.first("graderinfo"), None)
    if words_of(node.first("responsetemplate"), None):
        draft.losses.append(_("the text that the answer began with was left out"))
    if node.text_of("attachments") not in {"", "0"}:
        draft.losses.append(_("files cannot be attached to an answer here"))
    return open_question(draft)


BUILDERS: dict[str, Builder] = {
    "multichoice": _multichoice,
    "multichoiceset": _all_or_nothing,
    "oumultiresponse": _several,
    "truefalse": _truefalse,
    "shortanswer": _shortanswer,
    "numerical": _numerical,
    "matching": _matching,
    "match": _matching,
    "ddmatch": _matching,
    "ordering": _ordering,
    "essay": _essay,
    "essayautograde": _essay,
    "cloze": cloze,
    "multianswer": cloze,
    "gapselect": words_in_gaps,
    "ddwtos": words_in_gaps,
    "calculated": calculated,
    "calculatedsimple": calculated,
    "calculatedmulti": calculated,
}

REFUSED = {
    "description": gettext_lazy("a description: there is nothing to answer"),
    "random": gettext_lazy("a random question: a blueprint draws questions here"),
    "randomsamatch": gettext_lazy("a matching drawn from other questions"),
    "ddimageortext": gettext_lazy("words are dragged onto a picture"),
    "ddmarker": gettext_lazy("markers are put on a picture"),
    "missingtype": gettext_lazy("the other system itself did not know its type"),
}


def refusal_of(kind: str) -> str:
    """Why questions of Moodle's type ``kind`` cannot come."""
    if kind in REFUSED:
        return str(REFUSED[kind])
    return _("the type “%(kind)s” is not known here") % {"kind": kind[:40]}
