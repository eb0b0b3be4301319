"""Who was qualified on a day as an XLSX workbook: a row for each person, with proof and versions in words."""

import io

from django.utils.translation import gettext as _
from openpyxl import Workbook

from competence.selectors.qualified import Answer, Version
from competence.wording import day, proof_words, state_words
from competence.workbook import cell_text


def qualified_workbook(answer: Answer) -> bytes:
    """One sheet: the question on top, then the same rows as on the page."""
    question = answer.question
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Qualified"))
    known = _("as known now") if question.as_known_now else _("as known then")
    name = question.competence.name if question.competence else ""
    sheet.append([cell_text(sheet, text) for text in (name, day(question.day), known)])
    heads = (
        _("Employee"), _("Personnel number"), _("Team"), _("Position"), _("State"), _("Level"),
        _("Target"), _("Proof"), _("Versions"),
    )  # fmt: skip
    sheet.append([cell_text(sheet, head, bold=True) for head in heads])
    for row in answer.shown:
        person = row.employee
        values = (
            person.full_name,
            person.external_id or "",
            person.team_name or "",
            person.position_name or "",
            state_words(row),
            str(row.judgement.level),
            "" if row.target is None else str(row.target),
            "; ".join(proof_words(event) for event in row.proofs),
            "; ".join(map(_version, row.versions)),
        )
        sheet.append([cell_text(sheet, value) for value in values])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _version(version: Version) -> str:
    title = version.link.label if version.link else version.article_uuid
    return _("%(title)s, version %(number)s") % {"title": title, "number": version.number}
