"""Calculated questions: one set of values of their variables is taken, and the number becomes fixed."""

import ast
import math
import operator
import re
from collections.abc import Callable
from decimal import Decimal

from django.utils.translation import gettext as _

from certification.exchange.building import (
    Answer,
    Built,
    NumberAnswer,
    chosen_one,
    chosen_several,
    number,
    typed_number,
)
from certification.exchange.finishing import Draft
from certification.exchange.items import Unsuitable
from certification.exchange.moodle_xml.parts import answer_of, is_set, source_of
from certification.exchange.texts import one_line
from certification.exchange.xml_trees import Node
from certification.kinds.numbers import plain

VARIABLE = re.compile(r"\{([a-zA-Z]\w{0,40})\}")
EMBEDDED = re.compile(r"\{=([^{}]*(?:\{\w+\}[^{}]*)*)\}")
LONGEST_FORMULA = 300
OPERATORS: dict[type, Callable] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Mod: operator.mod,
    ast.USub: operator.neg,
    ast.UAdd: operator.pos,
}
FUNCTIONS: dict[str, Callable] = {
    **{
        name: getattr(math, name)
        for name in ("sqrt", "exp", "log10", "sin", "cos", "tan", "floor", "ceil")
    },
    **{
        name: getattr(math, name)
        for name in ("asin", "acos", "atan", "sinh", "cosh", "tanh", "atan2")
    },
    "abs": abs,
    "round": round,
    "min": min,
    "max": max,
    "log": math.log,
    "pi": lambda: math.pi,
    "deg2rad": math.radians,
    "rad2deg": math.degrees,
    "fmod": math.fmod,
}


def calculated(node: Node, draft: Draft) -> Built:
    """A question with variables, for the first values that the file holds."""
    values = _values(node)
    if not values:
        raise Unsuitable(_("a calculated question without values for its variables"))
    named = ", ".join(f"{name} = {value}" for name, value in values.items())
    draft.losses.append(_("the variables were fixed: %(values)s") % {"values": named})
    draft.text = _filled(draft.text, values)
    draft.explanation = _filled(draft.explanation, values)
    if node.attributes.get("type") == "calculatedmulti":
        answers = [answer_of(answer, draft) for answer in node.all("answer")]
        filled = [
            Answer(_filled(a.text, values), a.weight, _filled(a.remark, values)) for a in answers
        ]
        single = is_set(node, "single", default=True)
        return chosen_one(filled) if single else chosen_several(filled)
    read, remarks = [], []
    for element in node.all("answer"):
        formula = one_line(source_of(element))
        answer = answer_of(element, draft, plain=True)
        if formula in {"*", ""}:
            remarks.append(answer.remark)
            continue
        value = _rounded(_result(formula, values), element)
        tolerance = number(element.text_of("tolerance") or "0")
        # Type 1, the default, is a part of the value; 2 is the value's own measure; 3 a factor.
        if element.text_of("tolerancetype") != "2":
            tolerance = abs(tolerance * value)
        read.append(NumberAnswer(value, round(abs(tolerance), 9), answer.weight, answer.remark))
    return typed_number(read, remarks)


def _values(node: Node) -> dict[str, Decimal]:
    values = {}
    definitions = node.first("dataset_definitions")
    for definition in definitions.all("dataset_definition") if definitions else []:
        name = definition.first("name")
        items = definition.first("dataset_items")
        listed = items.all("dataset_item") if items else []
        if name and listed:
            values[one_line(source_of(name))] = number(listed[0].text_of("value"))
    return values


def _filled(text: str, values: dict[str, Decimal]) -> str:
    text = EMBEDDED.sub(lambda match: plain(_result(match[1], values)), text)
    return VARIABLE.sub(
        lambda match: plain(values[match[1]]) if match[1] in values else match[0], text
    )


def _rounded(value: Decimal, answer: Node) -> Decimal:
    length = answer.text_of("correctanswerlength") or "2"
    digits = int(length) if length.isdigit() and len(length) < 3 else 2
    if answer.text_of("correctanswerformat") == "2" and value:
        digits = digits - value.adjusted() - 1
    return round(value, max(0, min(digits, 9)))


def _result(formula: str, values: dict[str, Decimal]) -> Decimal:
    """What ``formula`` gives: arithmetic and the named functions, nothing else. Raises Unsuitable."""
    unreadable = Unsuitable(
        _("the formula “%(formula)s” is not understood") % {"formula": formula[:60]}
    )
    if len(formula) > LONGEST_FORMULA or "**" in formula:
        raise unreadable
    filled = VARIABLE.sub(
        lambda match: f"({plain(values[match[1]])})" if match[1] in values else match[0], formula
    )
    try:
        result = float(_worked_out(ast.parse(filled, mode="eval").body))
        return round(number(f"{result:.9f}"), 9)
    except (
        SyntaxError,
        TypeError,
        ValueError,
        ArithmeticError,
        KeyError,
        RecursionError,
        MemoryError,
    ):
        raise unreadable from None


def _worked_out(node: ast.AST) -> float:
    match node:
        case ast.Constant(value=int() | float() as value):
            return float(value)
        case ast.UnaryOp(op=op, operand=operand):
            return OPERATORS[type(op)](_worked_out(operand))
        case ast.BinOp(left=left, op=op, right=right):
            return OPERATORS[type(op)](_worked_out(left), _worked_out(right))
        case ast.Call(func=ast.Name(id="pow"), args=[base, power]):
            return math.pow(_worked_out(base), _worked_out(power))
        case ast.Call(func=ast.Name(id=name), args=arguments, keywords=[]):
            return FUNCTIONS[name](*(_worked_out(argument) for argument in arguments))
    raise ValueError("not arithmetic")
