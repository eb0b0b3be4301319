"""The vocabulary of an article's body. What a block looks like stands in ``templates/kb/blocks/``."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from kb.script_blocks import ScriptBlock

TEXT_FEATURES = ["h3", "h4", "bold", "italic", "code", "ol", "ul", "link", "document-link"]
INLINE_FEATURES = ["bold", "italic", "code", "link", "document-link"]


class HeadingBlock(blocks.CharBlock):
    """A heading that the table of contents leads to."""

    class Meta:
        icon = "title"
        label = _("Heading")
        template = "kb/blocks/heading.html"


class TextBlock(blocks.RichTextBlock):
    """Paragraphs, lists and small headings."""

    def __init__(self, **kwargs):
        super().__init__(**{"features": TEXT_FEATURES, **kwargs})

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "kb/blocks/text.html"


class StepsBlock(blocks.StructBlock):
    """What to do, in order."""

    title = blocks.CharBlock(label=_("Title"), required=False)
    items = blocks.ListBlock(
        blocks.RichTextBlock(features=[*INLINE_FEATURES, "ul", "ol"], label=_("Step")),
        label=_("Steps"),
    )

    class Meta:
        icon = "list-ol"
        label = _("Steps")
        template = "kb/blocks/steps.html"


class QuestionBlock(blocks.StructBlock):
    """A question as people ask it, and its answer."""

    question = blocks.CharBlock(label=_("Question"), max_length=255)
    answer = blocks.RichTextBlock(features=[*INLINE_FEATURES, "ul", "ol"], label=_("Answer"))

    class Meta:
        icon = "help"
        label = _("Question")


class QuestionsBlock(blocks.StructBlock):
    """What people ask about the subject, in their own words: search finds each answer by its question."""

    title = blocks.CharBlock(label=_("Title"), required=False)
    questions = blocks.ListBlock(QuestionBlock(), label=_("Questions"), min_num=1)

    class Meta:
        icon = "help"
        label = _("Questions and answers")
        template = "kb/blocks/faq.html"


class CalloutBlock(blocks.StructBlock):
    """Something that must not be overlooked."""

    tone = blocks.ChoiceBlock(
        choices=[("info", _("Note")), ("warning", _("Attention")), ("danger", _("Danger"))],
        default="info",
        label=_("Tone"),
    )
    text = blocks.RichTextBlock(features=[*INLINE_FEATURES, "ul", "ol"], label=_("Text"))

    class Meta:
        icon = "warning"
        label = _("Callout")
        template = "kb/blocks/callout.html"


class TableBlock(TypedTableBlock):
    """A table of rich text cells with a heading row."""

    def __init__(self, local_blocks=None, **kwargs):
        cells = [("text", blocks.RichTextBlock(features=INLINE_FEATURES, label=_("Text")))]
        super().__init__(local_blocks or cells, **kwargs)

    class Meta:
        icon = "table"
        label = _("Table")
        template = "kb/blocks/table.html"


class ImageBlock(blocks.StructBlock):
    """A picture with its caption and the text read aloud in its place."""

    image = ImageChooserBlock(label=_("Image"))
    caption = blocks.CharBlock(label=_("Caption"), required=False)
    alt = blocks.CharBlock(label=_("Alternative text"), required=False)

    class Meta:
        icon = "image"
        label = _("Image")
        template = "kb/blocks/image.html"


class CodeBlock(blocks.StructBlock):
    """Configuration, a log, a request: copied as it stands."""

    language = blocks.CharBlock(label=_("Language"), required=False, max_length=30)
    code = blocks.TextBlock(label=_("Code"))

    class Meta:
        icon = "code"
        label = _("Code")
        template = "kb/blocks/code.html"


class SayBlock(blocks.TextBlock):
    """The very words for the customer: copied by one key, and never anything internal."""

    class Meta:
        icon = "openquote"
        label = _("What to say to the customer")
        template = "kb/blocks/say.html"


class FileBlock(blocks.StructBlock):
    """A document to download."""

    document = DocumentChooserBlock(label=_("Document"))
    title = blocks.CharBlock(label=_("Title"), required=False)

    class Meta:
        icon = "doc-full"
        label = _("File")
        template = "kb/blocks/file.html"


def plain_blocks() -> list[tuple[str, blocks.Block]]:
    """The blocks that may stand anywhere, also inside an internal part."""
    return [
        ("heading", HeadingBlock()),
        ("text", TextBlock()),
        ("steps", StepsBlock()),
        ("faq", QuestionsBlock()),
        ("callout", CalloutBlock()),
        ("table", TableBlock()),
        ("image", ImageBlock()),
        ("code", CodeBlock()),
        ("say", SayBlock()),
        ("file", FileBlock()),
        ("script", ScriptBlock()),
    ]


class InternalBlock(blocks.StreamBlock):
    """A part for employees only, inside an article of any audience. It never leaves the house."""

    def __init__(self, local_blocks=None, **kwargs):
        super().__init__(local_blocks or plain_blocks(), **kwargs)

    class Meta:
        icon = "lock"
        label = _("Internal part")
        template = "kb/blocks/internal.html"


class BodyBlock(blocks.StreamBlock):
    """The body of an article."""

    def __init__(self, local_blocks=None, **kwargs):
        vocabulary = [*plain_blocks(), ("internal", InternalBlock())]
        super().__init__(local_blocks or vocabulary, **kwargs)

    class Meta:
        required = False
