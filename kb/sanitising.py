"""The one sanitiser of rich text: what may stand in an article's stored text. Pure, and by allow-list.

Every road into the database passes here: imports, the editor, an interface. What is not listed is gone:
scripts and frames with what is in them, event handlers, styles, addresses with other schemes.
"""

import html
import re

import nh3

SCHEMES = {"http", "https", "mailto", "tel"}
LINK_TYPES = {"page", "document"}

# What a text block stores: the features of kb.blocks.TEXT_FEATURES in Wagtail's own spelling.
RICH_TEXT_TAGS = {"a", "b", "br", "code", "h3", "h4", "i", "li", "ol", "p", "ul"}
# What a document may hold before it is taken apart into blocks.
SOURCE_TAGS = RICH_TEXT_TAGS | {
    *("article", "aside", "blockquote", "caption", "dd", "del", "details", "div", "dl", "dt", "em"),
    *("figcaption", "figure", "footer", "h1", "h2", "h5", "h6", "header", "hr", "img", "kbd"),
    *("main", "mark", "nav", "pre", "s", "samp", "section", "span", "strong", "sub", "summary"),
    *("sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "tt", "u", "var"),
}
DROPPED_WITH_CONTENT = {
    *("script", "style", "iframe", "object", "embed", "svg", "math", "template", "noscript"),
    *("form", "select", "textarea", "button", "video", "audio", "canvas", "title"),
}
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def without_control(text: str) -> str:
    """``text`` without characters that no text has and some databases refuse."""
    return CONTROL.sub("", text)


def safe_href(href: str) -> str | None:
    """``href`` if it is an absolute address with an allowed scheme, else None."""
    href = without_control(href).strip()
    scheme, colon, rest = href.partition(":")
    if not colon or not rest or scheme.lower() not in SCHEMES or len(href) > 2000:
        return None
    if scheme.lower() in {"http", "https"} and not re.match(r"//[^/?#\s\\]", rest):
        return None
    return href.replace(" ", "%20")


def _rich_text_attribute(tag: str, name: str, value: str) -> str | None:
    if name == "href":
        return safe_href(value)
    if name == "linktype":
        return value if value in LINK_TYPES else None
    if name == "id":
        return value if value.isascii() and value.isdigit() else None
    return None


def clean_rich_text(value: str) -> str:
    """Rich text as it may be stored: allowed tags only, links to pages, documents and safe addresses."""
    if "<" not in value and "&" not in value:
        return without_control(value)
    return nh3.clean(
        without_control(value),
        tags=RICH_TEXT_TAGS,
        clean_content_tags=DROPPED_WITH_CONTENT,
        attributes={"a": {"href", "linktype", "id"}},
        attribute_filter=_rich_text_attribute,
        url_schemes=SCHEMES,
        link_rel=None,
        strip_comments=True,
    )


def clean_source(value: str, *, picture_scheme: str | None = None) -> str:
    """Foreign HTML made well-formed and harmless, with the structure that blocks are made from.

    Relative links and image sources stay: the importer resolves them. ``picture_scheme`` is allowed besides
    (pictures a reader has taken out of a file).
    """
    schemes = SCHEMES | {"article"}
    return nh3.clean(
        without_control(value),
        tags=SOURCE_TAGS,
        clean_content_tags=DROPPED_WITH_CONTENT,
        attributes={
            "a": {"href"},
            "img": {"src", "alt", "title"},
            "td": {"colspan", "rowspan"},
            "th": {"colspan", "rowspan"},
            "ol": {"start"},
            "code": {"class"},
            "pre": {"class"},
            "div": {"class"},
            "p": {"class"},
        },
        url_schemes=schemes | ({picture_scheme} if picture_scheme else set()),
        link_rel=None,
        strip_comments=True,
    )


def strip_tags(value: str) -> str:
    """The words of foreign HTML, without any tag, scripts and styles gone with their content."""
    cleaned = nh3.clean(value, tags=set(), clean_content_tags=DROPPED_WITH_CONTENT)
    return html.unescape(without_control(cleaned))


def escape(text: str) -> str:
    """Plain text as it may stand inside rich text."""
    return html.escape(without_control(text), quote=False)
