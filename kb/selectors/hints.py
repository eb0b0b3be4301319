"""What in a draft would make it hard to use during a call, in words for its author."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Page

from kb.hinting import Draft, Hint, hints_about, images_in, linked_pages
from kb.models import ArticlePage, Image, SectionPage


@dataclass(frozen=True)
class Advice:
    """A hint as its author reads it, and the block it is about (none: above the body)."""

    words: str
    block: str


def advice_on(draft: ArticlePage) -> list[Advice]:
    """What is worth a look in ``draft`` as it is in memory. At most four queries, none for a body without links."""
    body = list(draft.body.raw_data)
    hints = hints_about(
        Draft(
            title=draft.title,
            answer=draft.answer,
            body=body,
            gone=_gone(linked_pages(body)),
            described=_described(images_in(body)),
        )
    )
    return [Advice(_words(hint), hint.block) for hint in hints]


def _gone(pages: set[int]) -> dict[int, str]:
    """Those of ``pages`` that readers do not get, with their titles; whoever writes knows every title."""
    if not pages:
        return {}
    articles = ArticlePage.objects.in_force(timezone.now()).filter(pk__in=pages)
    sections = SectionPage.objects.filter(pk__in=pages, live=True)
    kept = {*articles.values_list("pk", flat=True), *sections.values_list("pk", flat=True)}
    titles = Page.objects.filter(pk__in=pages - kept).values_list("pk", "title")
    return dict.fromkeys(pages - kept, _("a page that was deleted")) | dict(titles)


def _described(images: set[int]) -> frozenset[int]:
    if not images:
        return frozenset()
    found = Image.objects.filter(pk__in=images).exclude(default_alt_text="")
    return frozenset(found.values_list("pk", flat=True))


def _words(hint: Hint) -> str:
    counted = {
        "long_answer": ngettext(
            "The short answer has %(n)s sentence and is too long to be read out.",
            "The short answer has %(n)s sentences: three at most can be read out.",
            hint.number,
        ),
        "long_paragraph": ngettext(
            "A paragraph of %(n)s word: “%(words)s…” Split it, or make steps of it.",
            "A paragraph of %(n)s words: “%(words)s…” Split it, or make steps of it.",
            hint.number,
        ),
        "no_heading": ngettext(
            "%(n)s word without a heading: nobody finds their place during a call.",
            "%(n)s words without a heading: nobody finds their place during a call.",
            hint.number,
        ),
    }
    words = {
        "vague_title": _(
            "“%(words)s” would fit many articles. Say in the title what is done, or what goes wrong."
        ),
        "no_answer": _("There is no short answer: nothing to read out during a call, or to copy."),
        "internal_words": _("“%(words)s” sounds internal, and this is said to the customer."),
        "only_a_link": _("The customer gets only a link here. Give the answer itself."),
        "no_alt": _("An image without alternative text: who cannot see it gets nothing."),
        "gap": _("“%(words)s” still waits for your words."),
        "gone_link": _("A link leads to “%(words)s”, which readers do not get."),
    }
    said = counted.get(hint.kind) or words[hint.kind]
    return said % {"words": hint.words, "n": hint.number}
