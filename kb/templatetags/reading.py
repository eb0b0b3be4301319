"""Template tags of the reading pages: rich text for one reader, blocks, pictures."""

from django import template
from django.utils.safestring import SafeString
from wagtail.rich_text import RichText

from kb.differences import Shown
from kb.models import Image, Rendition
from kb.rich_text import ReaderLinks
from kb.selectors.reading import IMAGE_WIDTH

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
