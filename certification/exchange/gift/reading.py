"""Reading GIFT: questions one by one, what cannot come by its line."""

import re

from django.utils.translation import gettext as _

from certification.exchange.finishing import Collector, Draft
from certification.exchange.gift.answers import built_of
from certification.exchange.gift.syntax import Block, Words, blocks_of, shown
from certification.exchange.identity import category_of
from certification.exchange.items import Reading, Unreadable, Unsuitable
from certification.exchange.texts import decoded

BLANK = "_____"
ID = re.compile(r"\[id:((?:\\[\\\]]|[^\]\x00-\x1f])+)\]")
TAG = re.compile(r"\[tag:((?:\\[\\\]]|[^\]\x00-\x1f])+)\]")
BRACKETED = re.compile(r"\\([\\\]])")
NOTE = re.compile(r"\s*\| ?(.*)")


def read_gift(content: bytes, file: str = "") -> Reading:
    """The questions of a GIFT file. Raises Unreadable."""
    text, remark = decoded(content)
    collector = Collector(file)
    collector.remark(remark)
    category: tuple[str, ...] = ()
    empty = True
    for block in blocks_of(text):
        empty = False
        if block.text.startswith("$CATEGORY:"):
            category = category_of(shown(block.text[len("$CATEGORY:") :]))
            continue
        try:
            _read_block(block, category, collector)
        except Unsuitable as reason:
            collector.refuse(block.line, str(reason))
    if empty:
        raise Unreadable(_("There is no question in the file."))
    return collector.reading


def _read_block(block: Block, category: tuple[str, ...], collector: Collector) -> None:
    comments = "\n".join(block.comments)
    explicit = ID.search(comments)
    draft = Draft(
        line=block.line,
        category=category,
        key=BRACKETED.sub(r"\1", explicit[1]) if explicit else "",
        labels=[BRACKETED.sub(r"\1", tag) for tag in TAG.findall(comments)],
        note="\n".join(match[1] for line in block.comments if (match := NOTE.fullmatch(line))),
    )
    text = block.text
    if text.startswith("::") and (end := text.find("::", 2)) >= 0:
        draft.name = shown(text[2:end])
        text = text[end + 2 :].strip()
    text, answers = _taken_apart(text, draft)
    general = ""
    if "####" in answers:
        answers, _sign, general = answers.rpartition("####")
        answers = answers.strip()
    words = Words.of(text)
    feedback = Words.of(general.strip(), words.format)
    draft.text = words.plain()
    draft.explanation = feedback.plain()
    draft.losses += [*words.losses(), *feedback.losses()]
    collector.take(draft, built_of(answers, words.format, draft))


def _taken_apart(text: str, draft: Draft) -> tuple[str, str]:
    """The question, with a blank where its answers stood inside, and the answers. Raises Unsuitable."""
    opens, closes = text.find("{"), text.find("}")
    if opens < 0 and closes < 0:
        raise Unsuitable(_("a description: there are no answers in braces"))
    if opens < 0 or closes < opens:
        raise Unsuitable(_("the braces { and } do not match"))
    answers = text[opens + 1 : closes].strip()
    before, after = text[:opens], text[closes + 1 :]
    if "{" in after:
        draft.losses.append(_("only the first answers in braces count"))
    if not after.strip():
        return before, answers
    return f"{before}{BLANK}{after}", answers
