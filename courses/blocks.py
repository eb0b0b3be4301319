"""The body of a lesson: the words of an article, and articles themselves, live.

Pictures and files stand in the articles: they are served to whoever may read an article that shows them.
"""

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from kb.blocks import (
    CalloutBlock,
    CodeBlock,
    HeadingBlock,
    SayBlock,
    StepsBlock,
    TableBlock,
    TextBlock,
)
from kb.choosers import ArticleField


class LiveArticleBlock(blocks.PageChooserBlock):
    """An article as it is in force when somebody reads the lesson: one text, never a copy."""

    def __init__(self, **kwargs):
        super().__init__(**{"page_type": "kb.ArticlePage", **kwargs})

    @cached_property
    def widget(self) -> ArticleField:
        """Whoever writes lessons may not be of every audience."""
        return ArticleField()

    class Meta:
        icon = "doc-full-inverse"
        label = _("Article, live")


class LessonBlock(blocks.StreamBlock):
    """A lesson: each heading begins a step."""

    def __init__(self, local_blocks=None, **kwargs):
        vocabulary = [
            ("heading", HeadingBlock(label=_("Heading of a step"))),
            ("text", TextBlock()),
            ("steps", StepsBlock()),
            ("callout", CalloutBlock()),
            ("table", TableBlock()),
            ("code", CodeBlock()),
            ("say", SayBlock()),
            ("article", LiveArticleBlock()),
        ]
        super().__init__(local_blocks or vocabulary, **kwargs)

    class Meta:
        required = False
