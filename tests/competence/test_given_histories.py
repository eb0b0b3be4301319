"""The worked examples that come with the rule, exactly."""

import json
from pathlib import Path

import pytest

from competence.replay.cases import answers, read_case
from ops.testing import WITHOUT_DATA


@pytest.fixture(scope="module")
def given_lines(opora_data: Path) -> list[str]:
    """The lines of the worked examples."""
    file = opora_data / "competence" / "cases.dev.jsonl"
    if not file.is_file():
        pytest.skip(WITHOUT_DATA)
    return file.read_text(encoding="utf-8").splitlines()


def test_every_given_history_is_answered_exactly(given_lines):
    wrong = []
    for line in given_lines:
        found = list(answers(read_case(line), lambda judgement: ""))
        for one in found:
            del one["why"]
        expected = json.loads(line)["expect"]
        if found != expected:
            wrong.append((json.loads(line)["case"], found, expected))

    assert wrong == []
    assert len(given_lines) >= 33
