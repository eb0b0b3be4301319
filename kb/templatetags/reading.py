"""Template tags of the reading pages: rich text for one reader, blocks, pictures."""

from django import template
from django.utils.safestring import SafeString
from wagtail.rich_text import RichText

from kb.models import Image, Rendition
from kb.rich_text import ReaderLinks
from kb.selectors import IMAGE_WIDTH

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
