"""Template tags of the reading pages: rich text for one reader, blocks, pictures."""

import uuid
from collections.abc import Sequence

from django import template
from django.utils.safestring import SafeString
from wagtail.rich_text import RichText

from kb.choices import ScriptOutcome
from kb.differences import Shown
from kb.models import Image, Rendition
from kb.rich_text import ReaderLinks
from kb.script_blocks import ScriptValue
from kb.selectors.reading import IMAGE_WIDTH
from kb.services.walks import Position, position

register = template.Library()


@register.simple_tag
def rich(value: RichText | str, links: ReaderLinks) -> SafeString:
    """A rich text with its links resolved for this reader."""
    return links.expand(value.source if isinstance(value, RichText) else str(value))


@register.filter
def block_template(block_type: str) -> str:
    """The template of a block of the body."""
    return f"kb/blocks/{block_type}.html"


@register.simple_tag
def picture_of(image: Image) -> Rendition:
    """The size of ``image`` that fits the text column on a sharp screen."""
    return image.get_rendition(IMAGE_WIDTH)


@register.simple_tag
def script_start(value: ScriptValue) -> Position:
    """The first step of a guided script."""
    return position(value, [])


@register.simple_tag
def fresh_id() -> uuid.UUID:
    """The id of a walk that has not begun."""
    return uuid.uuid4()


@register.filter
def numbered(choices: Sequence) -> list[tuple[int, object]]:
    """Choices with their numbers, from 0."""
    return list(enumerate(choices))


@register.filter
def way(answers: Sequence[int], number: int) -> str:
    """The way on by one more answer."""
    return ",".join(map(str, [*answers, number]))


@register.filter
def way_back(answers: Sequence[int]) -> str:
    """The way without its last answer."""
    return ",".join(map(str, answers[:-1]))


@register.filter
def outcome_words(outcome: str) -> str:
    """How an outcome is called."""
    return str(ScriptOutcome(outcome).label)


@register.filter
def with_first_change(text: list[Shown]) -> list[dict]:
    """The paragraphs of a compared text, with where an internal part begins and where the first change is.

    An unchanged title is left out: it stands above.
    """
    found: list[dict] = []
    inside = marked = False
    for shown in text:
        if shown.kind == "title" and not shown.is_changed:
            continue
        first = shown.is_changed and not marked
        marked = marked or shown.is_changed
        opens, inside = shown.internal and not inside, shown.internal
        found.append({"shown": shown, "is_first_change": first, "opens_internal": opens})
    return found
