"""The matrix as markup: twenty thousand cells are joined, not templated, so that the page stays quick."""

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from competence.choices import StateChoice
from competence.selectors.matrix import Board, Row, Shown

# One letter per state: the sign and the word come from the style sheet.
LETTER = {
    StateChoice.CURRENT: "v",
    StateChoice.DUE_SOON: "d",
    StateChoice.STALE: "t",
    StateChoice.LAPSED: "x",
    StateChoice.LEARNING: "l",
    StateChoice.SUSPENDED: "s",
    StateChoice.NONE: "n",
}


def figure(cell: Shown) -> str:
    """The level; "1/2" where 1 is and 2 is needed; nothing where nothing has begun."""
    if cell.state == StateChoice.NONE:
        return ""
    if cell.target is not None and cell.level < cell.target:
        return f"{cell.level}/{cell.target}"
    return str(cell.level)


def cell_markup(cell: Shown, *, target: bool) -> str:
    """One cell; what is held but not required is grey, what nobody requires stays empty."""
    if target:
        return f'<td class="g">{cell.target}</td>' if cell.target is not None else "<td></td>"
    if not cell.state:
        return f'<td class="o">{cell.level}</td>' if cell.level else "<td></td>"
    return f'<td class="{LETTER[StateChoice(cell.state)]}">{figure(cell)}</td>'


def readiness(row: Row) -> str:
    """May take calls, may not and how many gates are shut; "" where nothing is gated."""
    if row.shut:
        return _("may not: %(n)s") % {"n": row.shut}
    return _("may") if row.gated else ""


def rows_markup(board: Board) -> SafeString:
    """The body of the table."""
    made: dict[Shown, str] = {}
    empty = "<td></td>"
    columns = [one.pk for one in board.competences]
    target = board.asked.target
    parts: list[str] = []
    record = reverse("record", args=[0])
    for row in board.rows:
        parts.append(
            format_html(
                '<tr data-person="{}"><th class="matrix__person" scope="row">'
                '<a href="{}" tabindex="-1">{}</a></th>',
                row.employee.pk,
                record.replace("/0/", f"/{row.employee.pk}/"),
                row.employee.full_name,
            )
        )
        cells = row.cells
        for pk in columns:
            cell = cells.get(pk)
            if cell is None:
                parts.append(empty)
                continue
            markup = made.get(cell)
            if markup is None:
                markup = made[cell] = cell_markup(cell, target=target)
            parts.append(markup)
        no = " matrix__ready--no" if row.shut else ""
        parts.append(format_html('<td class="matrix__ready{}">{}</td></tr>', no, readiness(row)))
    # Everything that came from people went through format_html; the cells hold figures only.
    return mark_safe("".join(parts))  # noqa: S308


def exceptions(board: Board) -> list[dict]:
    """The people and, of each, only what is not in order: what a phone shows."""
    named = {one.pk: one.name for one in board.competences}
    order = [state for state in StateChoice if state != StateChoice.CURRENT]
    found = []
    for row in board.rows:
        off = sorted(
            (
                (order.index(StateChoice(cell.state)), named[pk], cell.state)
                for pk, cell in row.cells.items()
                if pk in named and cell.state and cell.state != StateChoice.CURRENT
            ),
        )
        found.append(
            {
                "employee": row.employee,
                "off": [
                    {"name": name, "state": state, "words": StateChoice(state).label}
                    for _place, name, state in off[:3]
                ],
                "more": max(len(off) - 3, 0),
                "ready": readiness(row),
            }
        )
    return found


def heads(board: Board) -> list[tuple[str, int]]:
    """The areas above the columns, with how many columns each spans."""
    spans: list[tuple[str, int]] = []
    for one in board.competences:
        if spans and spans[-1][0] == one.area.name:
            spans[-1] = (one.area.name, spans[-1][1] + 1)
        else:
            spans.append((one.area.name, 1))
    return spans
