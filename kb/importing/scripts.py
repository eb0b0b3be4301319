"""A guided script written as Markdown.

    ### Registered?
    Is the telephone registered?
    > What does the screen show beside the number?
    - Yes -> Calls
    - No -> Power

    ### Power
    Ask to switch it off and on.
    = call_back

A heading of the third level names a step; ``>`` is what to say; ``- answer -> step`` leads on; ``= solved``,
``= handed_on`` or ``= call_back`` ends. Everything else is the text of the step. Whether every way ends is
checked where editors save, and by ``Script.problems``.
"""

import re
from collections.abc import Callable
from typing import Any

from kb.guided import Outcome
from kb.sanitising import without_control

STEP = re.compile(r"^###\s+(.+?)\s*$")
ANSWER = re.compile(r"^[-*]\s+(.+?)\s*(?:->|→)\s*(.+?)\s*$")
END = re.compile(r"^=\s*(\w+)\s*$")
SAY = re.compile(r"^>\s?(.*)$")


def steps_of(source: str, to_html: Callable[[str], str]) -> list[dict[str, Any]]:
    """The values of the steps in ``source``, in order; ``to_html`` turns Markdown into HTML.

    What stands before the first heading belongs to no step and is left out.
    """
    steps: list[dict[str, Any]] = []
    texts: list[list[str]] = []
    for line in without_control(source).split("\n"):
        if named := STEP.match(line):
            steps.append({"name": named[1][:60], "say": "", "choices": [], "outcome": ""})
            texts.append([])
        elif not steps:
            continue
        elif answer := ANSWER.match(line):
            steps[-1]["choices"].append({"label": answer[1][:80], "leads_to": answer[2][:60]})
        elif (end := END.match(line)) and end[1] in set(Outcome):
            steps[-1]["outcome"] = end[1]
        elif said := SAY.match(line):
            steps[-1]["say"] = f"{steps[-1]['say']}\n{said[1]}".strip()
        else:
            texts[-1].append(line)
    return [
        step | {"text": to_html("\n".join(lines).strip())}
        for step, lines in zip(steps, texts, strict=True)
    ]
