"""Import a file of questions and look at the bank."""

import json

import pytest
from django.core.management import CommandError, call_command

from certification.exchange.formats import FORMATS
from certification.models import Question
from competence.models import Area, Competence


@pytest.fixture
def billing(db) -> Competence:
    """A competence that questions may name."""
    return Competence.objects.create(
        area=Area.objects.create(name="Деньги"), name="Биллинг", kind="knowledge"
    )


@pytest.fixture
def run_import(db, tmp_path, capsys):
    """Import by the command as a script would: ``run_import(text, "a.gift")`` gives its JSON."""

    def _run(content: str | bytes, name: str = "questions.gift", *options: str) -> dict:
        file = tmp_path / name
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        capsys.readouterr()
        try:
            call_command("import_questions", str(file), "--json", *options)
        except CommandError as refusal:
            if refusal.returncode != 3:
                raise
        return json.loads(capsys.readouterr().out)

    return _run


@pytest.fixture
def bank():
    """What the bank holds, as it would travel."""

    def _bank() -> list[tuple]:
        return list(Question.objects.order_by("pk").values_list("kind", "text", "body"))

    return _bank


@pytest.fixture(params=sorted(FORMATS))
def format_name(request) -> str:
    """Every format."""
    return request.param
