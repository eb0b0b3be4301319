"""A short answer where the source gives none: its first sentences, whole, or nothing. Pure."""

import html
import re
from collections.abc import Callable
from typing import Any

MOST = 300
LEAST = 25
ENOUGH = 120
"""A second sentence is added while the answer is shorter than this."""

TAGS = re.compile(r"<[^>]*>")
PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.DOTALL)
END = re.compile(r"(?<=[.!?…])[»\")]?\s+(?=[«\"(]?[A-ZА-ЯЁ0-9])")
ABBREVIATED = re.compile(
    r"(?:\b(?:т\. ?[екпд]|т|е|д|п|г|гг|см|рис|стр|им|ул|напр|др|пр|руб|тыс|млн|мин|сек|etc|e\.g|i\.e|vs|no"
    r"|Mr|Mrs|Dr|Inc|Ltd|Fig|approx|ver|v)|\b[A-ZА-ЯЁ])\.$",
    re.IGNORECASE,
)
UNFIT = re.compile(
    r"^(?:Дата изменения|Последнее изменение|Last modified|Applies to|Применимо к|Относится к|Published"
    r"|Scope|OAuth|Who can execute|Кто может выполнять|This documentation was generated|https?://|\[|\()",
    re.IGNORECASE,
)
POINTS_DOWN = re.compile(r"[:;,]$")


def derive(
    blocks: list[dict[str, Any]], is_boilerplate: Callable[[str], bool] = lambda text: False
) -> str:
    """The first sentences of the body's first fit paragraph, at most 300 characters, cut at a sentence.

    Empty where the article does not begin with prose: an answer that is no answer helps nobody. A paragraph
    that ``is_boilerplate`` (many articles of the source begin with it) is passed over.
    """
    for block in blocks:
        if block["type"] == "heading":
            continue
        if block["type"] != "text":
            return ""
        for paragraph in PARAGRAPH.findall(block["value"].split("<ul>")[0].split("<ol>")[0]):
            text = " ".join(html.unescape(TAGS.sub("", paragraph)).split())
            if not text or UNFIT.match(text) or is_boilerplate(text):
                continue
            return _beginning(text)
    return ""


def sentences(text: str) -> list[str]:
    """``text`` cut where sentences end."""
    found: list[str] = []
    start = 0
    for match in END.finditer(text):
        piece = text[start : match.start()]
        if ABBREVIATED.search(piece):
            continue
        found.append(text[start : match.end()].strip())
        start = match.end()
    return [*found, text[start:].strip()]


def _beginning(text: str) -> str:
    answer = ""
    for sentence in sentences(text):
        longer = f"{answer} {sentence}".strip()
        if (
            len(longer) > MOST
            or POINTS_DOWN.search(sentence)
            or not sentence.endswith(tuple(".!?…"))
        ):
            break
        answer = longer
        if len(answer) >= ENOUGH:
            break
    return answer if len(answer) >= LEAST else ""
