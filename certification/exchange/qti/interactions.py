"""What a QTI item asks for, each interaction to a kind of ours."""

from collections.abc import Callable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from certification.exchange.building import (
    FULL,
    NOTHING,
    Answer,
    Built,
    NumberAnswer,
    checked,
    chosen_one,
    chosen_several,
    in_order,
    matched,
    number,
    true_or_false,
    typed_number,
    typed_text,
)
from certification.exchange.finishing import KIND, Draft, open_question
from certification.exchange.identity import labels_of
from certification.exchange.items import Unsuitable
from certification.exchange.qti.parts import ASIDE, Declared, declared, tolerance_of, words_of
from certification.exchange.texts import one_line
from certification.exchange.xml_trees import Node
from certification.kinds.numbers import plain

BLANK = "_____"
INLINE = {"textentryinteraction", "inlinechoiceinteraction"}
NUMBERS = {"float", "integer"}
GENERAL = {"general", "solution"}


def built_of(item: Node, body: Node, draft: Draft) -> Built:
    """The kind and body of an item; its question and explanation go into ``draft``. Raises Unsuitable."""
    responses = declared(item)
    asked = [node for node in body.walk() if node.name.endswith("interaction")]
    asked = [node for node in asked if node.name != "endattemptinteraction"]
    if not asked:
        raise Unsuitable(_("there is nothing to answer"))
    names = {node.name for node in asked}
    feedback = _feedback(item, draft)
    if names <= INLINE and (len(asked) > 1 or names == {"inlinechoiceinteraction"}):
        return _gaps(item, body, asked, responses, draft)
    if len(asked) > 1:
        raise Unsuitable(_("several tasks in one question"))
    node = asked[0]
    builder = BUILDERS.get(node.name)
    if builder is None:
        raise Unsuitable(
            _("a task that is not known here: %(name)s")
            % {"name": node.name.removesuffix("interaction")}
        )
    response = responses.get(node.attributes.get("responseidentifier", ""), Declared())
    blank = {id(node): BLANK} if node.name in INLINE else {}
    own = frozenset() if node.name in {"hottextinteraction", *INLINE} else frozenset({node.name})
    draft.text = words_of(body, draft, skip=ASIDE | own, placed=blank)
    # A place to write in a paragraph of its own, below the question, is no gap in it.
    draft.text = draft.text.removesuffix(f"\n\n{BLANK}")
    prompt = node.first("prompt")
    if prompt and own:
        draft.text = "\n\n".join(filter(None, [draft.text, words_of(prompt, draft)]))
    return builder(item, node, response, draft, feedback)


def _feedback(item: Node, draft: Draft) -> dict[str, str]:
    """What is said to single answers, by identifier; what is said in general becomes the explanation."""
    said = {}
    for node in item.all("modalfeedback"):
        identifier = node.attributes.get("identifier", "")
        words = words_of(node, draft)
        if identifier in GENERAL:
            draft.explanation = words
        else:
            said[identifier] = one_line(words)
    return said


def _unused(said: dict[str, str], used: set[str], draft: Draft) -> None:
    if any(words for identifier, words in said.items() if identifier not in used):
        draft.losses.append(_("words for right and wrong answers in general were left out"))


def _answers(
    choices: Sequence[Node], worths: dict[str, Any], draft: Draft, said: dict[str, str]
) -> list[Answer]:
    answers = []
    for choice in choices:
        identifier = choice.attributes.get("identifier", "")
        inline = next((part for part in choice.walk() if part.name == "feedbackinline"), None)
        remark = words_of(inline, draft) if inline else said.get(identifier, "")
        words = one_line(words_of(choice, draft, skip=ASIDE))
        answers.append(Answer(words, worths.get(identifier, NOTHING), one_line(remark)))
    _unused(said, {choice.attributes.get("identifier", "") for choice in choices}, draft)
    return answers


def _choice(
    item: Node, node: Node, response: Declared, draft: Draft, said: dict[str, str]
) -> Built:
    choices = [part for part in node.walk() if part.name in {"simplechoice", "hottext"}]
    if len(choices) < 2:
        raise Unsuitable(_("there is only one answer to choose from"))
    single = response.cardinality == "single"
    mapped = bool(response.mapped) and response.best > 0
    worths = (
        {key: value * 100 / response.best for key, value in response.mapped.items()}
        if mapped
        else {}
    )
    right = set(response.correct) or {key for key, worth in worths.items() if worth > 0}
    if single:
        known = worths if mapped and all(worths.get(key) == FULL for key in right) else {}
        answers = _answers(choices, known or dict.fromkeys(right, FULL), draft, said)
        return _as_marked(chosen_one(answers), choices, right, draft)
    answers = _answers(choices, dict.fromkeys(right, FULL), draft, said)
    if mapped and len({worth for key, worth in worths.items() if key in right}) > 1:
        draft.losses.append(_("right answers of different weight became equal"))
    return chosen_several(answers, whole=not _is_mapped(item))


def _as_marked(built: Built, choices: Sequence[Node], right: set[str], draft: Draft) -> Built:
    """A statement of ours goes out as a choice between two; its label tells."""
    _tags, facts = labels_of(draft.labels)
    if facts.get(KIND) == "true_false" and built.kind == "single":
        return true_or_false("true" in right, built.remarks)
    return built


def _is_mapped(item: Node) -> bool:
    processing = item.first("responseprocessing")
    if processing is None:
        return False
    template = processing.attributes.get("template", "")
    return "map_response" in template or any(
        part.name == "mapresponse" for part in processing.walk()
    )


def _order(item: Node, node: Node, response: Declared, draft: Draft, said: dict[str, str]) -> Built:
    steps = {
        choice.attributes.get("identifier", ""): one_line(words_of(choice, draft, skip=ASIDE))
        for choice in node.all("simplechoice")
    }
    if not response.correct:
        raise Unsuitable(_("no answer is right"))
    if sorted(steps) != sorted(response.correct):
        raise Unsuitable(_("only some of the steps are put in order"))
    _unused(said, set(), draft)
    return in_order([steps[identifier] for identifier in response.correct])


def _match(item: Node, node: Node, response: Declared, draft: Draft, said: dict[str, str]) -> Built:
    sets = node.all("simplematchset")
    if len(sets) != 2:
        raise Unsuitable(_("no answer is right"))
    left, right = (
        {one.attributes.get("identifier", ""): one for one in found.children} for found in sets
    )
    pairs = [value.split() for value in response.correct]
    if not pairs or any(len(pair) != 2 for pair in pairs):
        raise Unsuitable(_("no answer is right"))
    if sorted(pair[0] for pair in pairs) != sorted(left):
        # Several belong to one on the left: seen from the right, each may belong to one.
        pairs, left, right = [pair[::-1] for pair in pairs], right, left
    if sorted(pair[0] for pair in pairs) != sorted(left) or any(
        pair[1] not in right for pair in pairs
    ):
        raise Unsuitable(_("a part belongs to several others, or to none"))
    words = {key: one_line(words_of(one, draft)) for key, one in {**left, **right}.items()}
    used = {pair[1] for pair in pairs}
    _unused(said, set(), draft)
    belongs = dict(pairs)
    return matched(
        [
            *((words[key], words[belongs[key]]) for key in left),
            *(("", words[key]) for key in right if key not in used),
        ]
    )


def _text_entry(
    item: Node, node: Node, response: Declared, draft: Draft, said: dict[str, str]
) -> Built:
    _unused(said, set(), draft)
    if response.base in NUMBERS:
        if not response.correct:
            raise Unsuitable(_("there is no number"))
        value = number(response.correct[0])
        return typed_number([NumberAnswer(value, tolerance_of(item, value))])
    answers = [Answer(one_line(text), FULL) for text in response.correct]
    if response.mapped and response.best > 0:
        answers += [
            Answer(one_line(text), worth * 100 / response.best)
            for text, worth in response.mapped.items()
            if text not in response.correct
        ]
    # A star is a letter here.
    literal = [Answer(answer.text.replace("*", r"\*"), answer.weight) for answer in answers]
    return typed_text(literal, case_matters=response.case_matters)


def _slider(
    item: Node, node: Node, response: Declared, draft: Draft, said: dict[str, str]
) -> Built:
    if not response.correct:
        raise Unsuitable(_("there is no number"))
    draft.losses.append(_("a slider became a number to type"))
    return typed_number([NumberAnswer(number(response.correct[0]))])


def _extended(
    item: Node, node: Node, response: Declared, draft: Draft, said: dict[str, str]
) -> Built:
    return open_question(draft)


def _gap_match(
    item: Node, node: Node, response: Declared, draft: Draft, said: dict[str, str]
) -> Built:
    if node.all("gapimg"):
        raise Unsuitable(_("words are dragged onto a picture"))
    words = {
        part.attributes.get("identifier", ""): one_line(words_of(part, draft))
        for part in node.all("gaptext")
    }
    places = [part for part in node.walk() if part.name == "gap"]
    belongs = {value.split()[-1]: value.split()[0] for value in response.correct if value.strip()}
    choices = list(dict.fromkeys(words.values()))
    gaps, placed = [], {}
    for count, place in enumerate(places, start=1):
        word = words.get(belongs.get(place.attributes.get("identifier", ""), ""))
        if word is None:
            raise Unsuitable(_("a gap has no word that belongs into it"))
        gaps.append({"choices": choices, "right": choices.index(word)})
        placed[id(place)] = f"[[{count}]]"
    prompt = node.first("prompt")
    passage = words_of(node, draft, skip=ASIDE | {"gaptext", "prompt"}, placed=placed)
    draft.text = (words_of(prompt, draft) if prompt else draft.text) or _("Fill in the gaps.")
    return checked(Built("gap", {"passage": passage, "gaps": gaps}))


def _gaps(
    item: Node, body: Node, asked: Sequence[Node], responses: dict[str, Declared], draft: Draft
) -> Built:
    gaps, placed = [], {}
    for count, node in enumerate(asked, start=1):
        response = responses.get(node.attributes.get("responseidentifier", ""), Declared())
        gaps.append(_gap(item, node, response, draft))
        placed[id(node)] = f"[[{count}]]"
    passage = words_of(body, draft, skip=ASIDE, placed=placed)
    draft.text = _("Fill in the gaps.")
    return checked(Built("gap", {"passage": passage, "gaps": gaps}))


def _gap(item: Node, node: Node, response: Declared, draft: Draft) -> dict[str, Any]:
    if not response.correct:
        raise Unsuitable(_("no answer is right"))
    if node.name == "inlinechoiceinteraction":
        choices = {
            choice.attributes.get("identifier", ""): one_line(words_of(choice, draft))
            for choice in node.all("inlinechoice")
        }
        texts = list(dict.fromkeys(choices.values()))
        if response.correct[0] not in choices:
            raise Unsuitable(_("no answer is right"))
        return {"choices": texts, "right": texts.index(choices[response.correct[0]])}
    if response.base in NUMBERS:
        value = number(response.correct[0])
        return {"value": plain(value), "tolerance": plain(tolerance_of(item, value))}
    accepted = [
        *response.correct,
        *(k for k, worth in response.mapped.items() if worth == response.best),
    ]
    return {"accepted": list(dict.fromkeys(one_line(text) for text in accepted))}


BUILDERS: dict[str, Callable[[Node, Node, Declared, Draft, dict[str, str]], Built]] = {
    "choiceinteraction": _choice,
    "hottextinteraction": _choice,
    "orderinteraction": _order,
    "matchinteraction": _match,
    "textentryinteraction": _text_entry,
    "sliderinteraction": _slider,
    "extendedtextinteraction": _extended,
    "gapmatchinteraction": _gap_match,
}
