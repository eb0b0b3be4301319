"""The answers of a question as an author fills them in: rows for choices, a notation for the other kinds."""

from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from certification.kinds import Malformed, kind_of
from certification.kinds.base import MOST_PARTS
from certification.wording import NOTATIONS, malformed_words

ONE, SEVERAL, WORTH = "radio", "checkbox", "number"
ROWS_OF = {"single": ONE, "multiple": SEVERAL, "situational": WORTH}
ROWS_HELP = {
    ONE: _("Mark the one right answer. Empty lines are left out."),
    SEVERAL: _("Mark every right answer. Empty lines are left out."),
    WORTH: _(
        "100 for the best, less for the others, 0 for what is wrong. Empty lines are left out."
    ),
}
NEW_ROWS, SPARE_ROWS = 6, 2


class ChoiceRows(forms.Widget):
    """A line for each choice, with its mark: the right one, the right ones, or what each is worth."""

    def __init__(self, mark: str, attrs=None) -> None:
        super().__init__(attrs)
        self.mark = mark

    def id_for_label(self, id_: str) -> str:
        return f"{id_}-0-text" if id_ else ""

    def value_omitted_from_data(self, data, files, name) -> bool:
        return f"{name}-0-text" not in data

    def value_from_datadict(self, data, files, name) -> dict[str, Any]:
        rows = []
        for place in range(MOST_PARTS):
            text = data.get(f"{name}-{place}-text", "").replace("\r\n", "\n").strip()
            if text:
                rows.append({"text": text, "mark": self._mark_of(data, name, place)})
        return {"rows": rows, "partial": f"{name}-partial" in data}

    def _mark_of(self, data, name: str, place: int) -> Any:
        if self.mark == ONE:
            return data.get(f"{name}-right") == str(place)
        if self.mark == SEVERAL:
            return f"{name}-{place}-right" in data
        return data.get(f"{name}-{place}-worth", "").strip()

    def render(self, name, value, attrs=None, renderer=None) -> str:
        value = value or {"rows": [], "partial": False}
        rows = list(value["rows"])
        room = NEW_ROWS if len(rows) <= NEW_ROWS - SPARE_ROWS else len(rows) + SPARE_ROWS
        empty = {"text": "", "mark": "" if self.mark == WORTH else False}
        rows += [empty] * (min(room, MOST_PARTS) - len(rows))
        context = {"name": name, "id": (attrs or {}).get("id", name), "rows": rows}
        context |= {"mark": self.mark, "partial": value["partial"]}
        return render_to_string("certification/back_office/choice_rows.html", context)


class AnswersField(forms.Field):
    """The body of a question of one kind; what it cannot be is said in words."""

    def __init__(self, kind: str, *, body: dict[str, Any] | None = None) -> None:
        self.kind, self.body = kind_of(kind), body or None
        super().__init__(
            label=_("Answers"), help_text=_help_of(kind), required=False, widget=_widget_of(kind)
        )

    def prepare_value(self, value: Any) -> Any:
        """A body as its widget shows it; what was typed stays as it was typed."""
        if not isinstance(value, dict) or "rows" in value:
            return value
        if not value:
            return None
        name = self.kind.name
        if name in ROWS_OF:
            key = "worth" if ROWS_OF[name] == WORTH else "right"
            rows = [{"text": one["text"], "mark": one[key]} for one in value["choices"]]
            return {"rows": rows, "partial": bool(value.get("partial"))}
        return self.kind.write(value)

    def clean(self, value: Any) -> dict[str, Any]:
        """The body that ``value`` stands for."""
        value = value or ""
        if isinstance(value, str):
            value = value.replace("\r\n", "\n").strip()
        # What a notation cannot tell, such as a line break inside a step, is not lost by saving unchanged.
        if self.body and value == self.prepare_value(self.body):
            return self.body
        try:
            if isinstance(value, str):
                return self.kind.parse(value)
            body = self._of_rows(value)
            self.kind.validate(body)
        except Malformed as fault:
            raise forms.ValidationError(malformed_words(fault), code=fault.code) from None
        return body

    def _of_rows(self, value: dict[str, Any]) -> dict[str, Any]:
        if ROWS_OF[self.kind.name] == WORTH:
            return {
                "choices": [
                    {"text": row["text"], "worth": _whole(row["mark"])} for row in value["rows"]
                ]
            }
        choices = [{"text": row["text"], "right": row["mark"]} for row in value["rows"]]
        partial = {"partial": True} if self.kind.name == "multiple" and value["partial"] else {}
        return {"choices": choices} | partial

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.clean(data) != initial
        except forms.ValidationError:
            return True


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 3 else None


def _help_of(kind: str):
    return ROWS_HELP[ROWS_OF[kind]] if kind in ROWS_OF else NOTATIONS[kind]


def _widget_of(kind: str) -> forms.Widget:
    if kind in ROWS_OF:
        return ChoiceRows(ROWS_OF[kind])
    if kind == "true_false":
        return forms.RadioSelect(choices=[("+", _("True")), ("-", _("Not true"))])
    if kind == "numeric":
        return forms.TextInput()
    return forms.Textarea(attrs={"rows": 12 if kind == "mark" else 6})
