"""Text with the words that were looked for, as HTML. A filter and not an include: a page holds hundreds of them."""

from collections.abc import Iterable

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from kb.models import ContentTask
from search import presentation
from search.snippets import Stretch

register = template.Library()


@register.filter
def marked(stretches: Iterable[Stretch]) -> SafeString:
    """The stretches in order, escaped, the marked ones inside ``<mark>``."""
    return mark_safe(  # noqa: S308 - every piece is escaped here
        "".join(
            f"<mark>{escape(stretch.text)}</mark>" if stretch.marked else escape(stretch.text)
            for stretch in stretches
        )
    )


@register.filter
def gap_words(task: ContentTask) -> str:
    """What is said once a gap was passed on."""
    return presentation.gap_words(task)
