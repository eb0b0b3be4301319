"""Plain text to blocks: one paragraph, list item or table row a line, headings named beside it. Pure.

Structure is restored only where the text itself says so: headings given, numbered runs from one, lists
closed by semicolons, labelled notes, commands. Everything else stays a paragraph, word for word.
"""

import itertools
import re

from kb.importing.bodies import Body
from kb.importing.context import Context, page_link
from kb.sanitising import escape, safe_href

ADDRESS = re.compile(r"https?://[^\s<>\"'«»]+[^\s<>\"'«».,;:!?)\]}…]")
NUMBERED = re.compile(r"^(\d{1,3})[.)]\s+(?=\S)")
BULLET = re.compile(r"^[-–—*•·]\s+(?=\S)")
NOTE = re.compile(
    r"^(?:>\s*)?(?:\[!(NOTE|TIP|INFO|IMPORTANT|WARNING|CAUTION|DANGER)\]>?\s*(?=\S)"
    r"|(Note|Tip|Important|Warning|Caution|Примечание|Совет|Важно|Внимание|Предупреждение)\s*[.:!]\s+(?=\S))",
    re.IGNORECASE,
)
STERN = {"danger", "important", "warning", "caution", "важно", "внимание", "предупреждение"}
COMMAND = re.compile(
    r"^(?:"
    r"(?:[A-Z][a-z]+|\$\w+ = )-?(?:[A-Z]\w+-)?[A-Z]\w+ -[A-Z]\w+"  # New-CsUser -Identity
    r"|(?:Get|Set|New|Remove|Enable|Disable|Grant|Import|Export|Add|Start|Stop|Test|Connect|Install|Update"
    r"|Invoke|Move|Sync)-[A-Z]\w+"
    r"|\$ ?\w|(?:sudo|curl|kubectl|openstack|apt(?:-get)?|yum|dnf|docker|helm|terraform|git|ssh|wget|netsh"
    r"|ipconfig|nslookup|systemctl|chmod|chown|mkdir|cd|export|asterisk|netstat|ping|tracert) "
    r"[-\w./$*\"'{\[]"
    r"|[{\[]\s*[\"{\[]|<\?xml |<[a-zA-Z][\w:.-]*(?: [\w:-]+=\"|>)"
    r")"
)
MAX_ITEM = 90
TABLE_HEAD = re.compile(
    r"^(?:field|component|name|parameter|value|code|metric|type|method|option|column|step|property|key|cmdlet"
    r"|поле|имя|название|параметр|значение|код|тип|метод|столбец|шаг|свойство|ключ|командлет|компонент)\b"
    r"(?:.*\s)?\w+$",
    re.IGNORECASE,
)
CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)
SENTENCE = re.compile(r"[a-zа-яё]{2,}[.!?]\s+[A-ZА-ЯЁ][a-zа-яё]+\s+[a-zа-яё]+")
DATA_PICTURE = re.compile(r"<img\b[^>]*>?", re.IGNORECASE)
PICTURE = re.compile(r":::image\b[^:]*?alt-text=\"([^\"]*)\"[^:]*(?:::+)?", re.IGNORECASE)
LEFTOVER = re.compile(r":::image\b.*?(?::::|$)|\[!INCLUDE\s*\[[^\]]*\](?:\([^)]*\)?)?\]?|^>{4,}.*$")
PLACEHOLDER = re.compile(r"\{#T\}|\s*\{[.#][\w-]+(?:\s+[.#][\w-]+)*\}$")
FENCED_NOTE = re.compile(
    r"^///\s*(note|tip|warning|important|danger|info)\s+(.*?)\s*///$", re.IGNORECASE
)
VIDEO = re.compile(r"\[!video\s+(https?://[^\s\]]+)\s*\]", re.IGNORECASE)
RELATED = {
    *("related information", "see also", "related topics", "см. также", "смотрите также"),
    *("связанные материалы", "другие ресурсы", "концепции", "задачи", "continue learning"),
    *("продолжите изучение", "related articles", "see also:", "см. также:"),
}


def convert(text: str, headings: tuple[str, ...], context: Context) -> Body:
    """The body of ``text``; ``headings`` are lines of it, in order."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    places = heading_places(lines, headings)
    body = Body()
    start = 0
    related = False
    for place in [*places, len(lines)]:
        _section(_tidied(lines[start:place]), body, context, related=related)
        if place < len(lines):
            body.heading(lines[place])
            related = lines[place].strip().casefold() in RELATED
        start = place + 1
    _settle_last_heading(body)
    return body


def _settle_last_heading(body: Body) -> None:
    """A heading with nothing below it, at the end: a paragraph; «See also» without anything goes."""
    if body and body.blocks[-1]["type"] == "heading":
        words = body.blocks.pop()["value"]
        if words.casefold() not in RELATED:
            body.text(f"<p>{escape(words)}</p>")


def heading_places(lines: list[str], headings: tuple[str, ...]) -> list[int]:
    """Which lines the headings are. A list of contents may repeat them above: the last fit is taken,
    unless the first one leaves fewer headings with nothing below."""
    last = _fit(lines[::-1], headings[::-1])
    last = [len(lines) - 1 - place for place in reversed(last)]
    first = _fit(lines, headings)
    return first if _hollow(first) < _hollow(last) else last


def _fit(lines: list[str], headings: tuple[str, ...]) -> list[int]:
    places: list[int] = []
    start = 0
    for heading in headings:
        try:
            place = lines.index(heading, start)
        except ValueError:
            continue
        places.append(place)
        start = place + 1
    return places


def _hollow(places: list[int]) -> int:
    return sum(1 for one, two in itertools.pairwise(places) if two == one + 1)


def _tidied(lines: list[str]) -> list[str]:
    """The lines without what only the source's own software could read."""
    tidied = []
    for line in lines:
        if "<img" in line:
            line = DATA_PICTURE.sub("", line)
        if ":::" in line or "[!" in line or line.startswith(">>>>"):
            line = VIDEO.sub(r"\1", PICTURE.sub(r"(\1)", line))
            line = LEFTOVER.sub("", line)
        if "{" in line:
            line = PLACEHOLDER.sub("", line)
        if line.startswith("///"):
            line = FENCED_NOTE.sub(r"[!\1] \2", line)
        line = line.strip()
        if line and line != "()":
            tidied.append(line)
    return tidied


def _section(lines: list[str], body: Body, context: Context, *, related: bool) -> None:
    place = 0
    while place < len(lines):
        line = lines[place]
        run = _numbered_run(lines, place)
        if len(run) > 1:
            body.steps(f"<p>{with_links(item, context)}</p>" for item in run)
            place += len(run)
            continue
        run = _list_run(lines, place)
        if run:
            body.text(
                "<ul>" + "".join(f"<li>{with_links(item, context)}</li>" for item in run) + "</ul>"
            )
            place += len(run)
            continue
        place += 1
        note = NOTE.match(line)
        if note:
            tone = "warning" if (note[1] or note[2]).casefold() in STERN else "info"
            body.callout(f"<p>{with_links(_capitalised(line[note.end() :]), context)}</p>", tone)
        elif is_code(line):
            body.code(line)
        else:
            body.text(f"<p>{_paragraph(line, context, related=related)}</p>")


def is_code(line: str) -> bool:
    """Whether a line is a command or data rather than prose."""
    return (
        COMMAND.match(line) is not None
        and CYRILLIC.search(line) is None
        and SENTENCE.search(line) is None
        and not (line.endswith(".") and " " in line)
        and " — " not in line
    )


def _numbered_run(lines: list[str], start: int) -> list[str]:
    """The items of a list numbered 1, 2, 3… that begins at ``start``."""
    items: list[str] = []
    for line in lines[start:]:
        match = NUMBERED.match(line)
        if not match or int(match[1]) != len(items) + 1:
            break
        items.append(line[match.end() :])
    return items


def _list_run(lines: list[str], start: int) -> list[str]:
    """The items of a list that begins at ``start``: bullets, or lines closed by semicolons or commas."""
    items: list[str] = []
    for line in lines[start:]:
        match = BULLET.match(line)
        if not match:
            break
        items.append(line[match.end() :])
    if len(items) > 1:
        return items
    items = _named_run(lines, start)
    if len(items) > 1:
        return items
    for sign in ";,":
        items = []
        for line in lines[start:]:
            items.append(line)
            if not line.endswith(sign):
                break
        closed = items and items[-1].endswith(".") and len(items[-1]) < 400
        if len(items) > 2 and (closed or items[-1].endswith(sign)):
            return items
    return []


def _named_run(lines: list[str], start: int) -> list[str]:
    """Short lines without an end of sentence, below a line that announces them with a colon."""
    if start == 0 or not lines[start - 1].endswith(":"):
        return []
    items: list[str] = []
    if TABLE_HEAD.match(lines[start]):
        return items
    for line in lines[start:]:
        if len(line) > MAX_ITEM or line.endswith(tuple(".:;,!?…)")) or is_code(line):
            break
        # A bare name below phrases is the next row of a table.
        if NOTE.match(line) or (" " not in line and any(" " in item for item in items)):
            break
        items.append(line)
    return items


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


def _paragraph(line: str, context: Context, *, related: bool) -> str:
    """A line as rich text. Below «See also» a line that is an article's whole title leads to it."""
    if related:
        page = context.titled(line)
        if page is not None:
            return page_link(page, escape(line))
    return with_links(line, context)


def with_links(text: str, context: Context) -> str:
    """``text`` as rich text, the addresses in it as links."""
    if "://" not in text:
        return escape(text)
    parts: list[str] = []
    end = 0
    for match in ADDRESS.finditer(text):
        words = escape(match[0])
        parts.append(escape(text[end : match.start()]))
        parts.append(context.link(match[0], words) if safe_href(match[0]) else words)
        end = match.end()
    parts.append(escape(text[end:]))
    return "".join(parts)
