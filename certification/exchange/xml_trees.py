"""XML from strangers as small trees with line numbers: no entities of theirs, nothing fetched, bounded."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from xml.sax import SAXException, SAXParseException
from xml.sax.handler import ContentHandler, feature_external_ges, property_lexical_handler
from xml.sax.saxutils import escape, quoteattr

from defusedxml import DefusedXmlException
from defusedxml.sax import make_parser
from django.utils.translation import gettext as _

from certification.exchange.items import Unreadable

DEEPEST = 100
MOST_NODES_OF_ONE = 20_000
VOID = frozenset({"br", "hr", "img"})


@dataclass(slots=True)
class Node:
    """An element: its name without a prefix, what it says, the line it stands on."""

    name: str
    line: int
    attributes: dict[str, str] = field(default_factory=dict)
    content: "list[str | Node]" = field(default_factory=list)
    comment: str = ""
    """The comment that stood before it."""

    @property
    def children(self) -> "list[Node]":
        """The elements directly inside."""
        return [part for part in self.content if isinstance(part, Node)]

    @property
    def own_text(self) -> str:
        """The text directly inside."""
        return "".join(part for part in self.content if isinstance(part, str)).strip()

    def all(self, name: str) -> "list[Node]":
        """The elements called ``name`` directly inside."""
        return [child for child in self.children if child.name == name]

    def first(self, name: str) -> "Node | None":
        """The first element called ``name`` directly inside."""
        return next((child for child in self.children if child.name == name), None)

    def text_of(self, name: str, default: str = "") -> str:
        """The text of the first element called ``name`` directly inside."""
        child = self.first(name)
        return child.own_text if child else default

    def walk(self) -> "Iterator[Node]":
        """This element and all inside, in order."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(reversed(node.children))

    def inner_html(
        self, skip: frozenset[str] = frozenset(), placed: Mapping[int, str] | None = None
    ) -> str:
        """What is inside, as HTML: elements called as in ``skip`` are left out, others replaced by a text.

        ``placed`` names the texts by the identity of the element whose place they take.
        """
        return "".join(
            escape(part) if isinstance(part, str) else part._html(skip, placed or {})
            for part in self.content
        )

    def _html(self, skip: frozenset[str], placed: Mapping[int, str]) -> str:
        if id(self) in placed:
            return escape(placed[id(self)])
        if self.name in skip:
            return ""
        attributes = "".join(
            f" {name}={quoteattr(value)}" for name, value in self.attributes.items()
        )
        if self.name in VOID:
            return f"<{self.name}{attributes}>"
        return f"<{self.name}{attributes}>{self.inner_html(skip, placed)}</{self.name}>"


class _Builder(ContentHandler):
    """Builds a tree of each element that ``wanted`` names, gives it to ``visit`` and forgets it."""

    def __init__(self, wanted: Callable[[str], bool], visit: Callable[[Node], None], named) -> None:
        super().__init__()
        self._wanted, self._visit, self._named = wanted, visit, named
        self._open: list[Node] = []
        self._depth = self._nodes = 0
        self._comment = ""
        self._locator: Any = None
        self.root = ""

    def setDocumentLocator(self, locator) -> None:
        self._locator = locator

    def startElement(self, name, attrs) -> None:
        name = self._named(name.rpartition(":")[2])
        self.root = self.root or name
        self._depth += 1
        if self._depth > DEEPEST:
            raise Unreadable(_("The XML is nested deeper than %(n)s levels.") % {"n": DEEPEST})
        if not self._open and not self._wanted(name):
            return
        self._nodes = self._nodes + 1 if self._open else 1
        if self._nodes > MOST_NODES_OF_ONE:
            raise Unreadable(
                _("A question in line %(line)s has more than %(n)s elements.")
                % {"line": self._open[0].line, "n": MOST_NODES_OF_ONE}
            )
        attributes = {
            self._named(key.rpartition(":")[2]): value
            for key, value in attrs.items()
            if not key.startswith("xmlns")
        }
        node = Node(name, self._locator.getLineNumber(), attributes, comment=self._comment)
        self._comment = ""
        if self._open:
            self._open[-1].content.append(node)
        self._open.append(node)

    def endElement(self, name) -> None:
        self._depth -= 1
        if self._open:
            node = self._open.pop()
            if not self._open:
                self._visit(node)

    def characters(self, content) -> None:
        if self._open:
            self._open[-1].content.append(content)

    def comment(self, content) -> None:
        """A comment, for the element that follows."""
        self._comment = content.strip()

    def startCDATA(self) -> None:
        """Text like any other."""

    endCDATA = startDTD = endDTD = startEntity = endEntity = lambda self, *args: None


def visit_elements(
    content: bytes,
    wanted: Callable[[str], bool],
    visit: Callable[[Node], None],
    *,
    named: Callable[[str], str] = str,
) -> str:
    """Give each outermost element that is ``wanted`` to ``visit``; the name of the root. Raises Unreadable."""
    builder = _Builder(wanted, visit, named)
    parser = make_parser()
    parser.forbid_dtd = False
    parser.forbid_entities = True
    parser.forbid_external = True
    parser.setFeature(feature_external_ges, False)
    parser.setContentHandler(builder)
    parser.setProperty(property_lexical_handler, builder)
    try:
        parser.parse(BytesIO(content))
    except DefusedXmlException:
        raise Unreadable(
            _("The XML defines entities or refers to other files. Such a file is not read.")
        ) from None
    except SAXParseException as error:
        raise Unreadable(
            _("The XML is damaged in line %(line)s: %(reason)s.")
            % {"line": error.getLineNumber(), "reason": error.getMessage()}
        ) from None
    except (SAXException, LookupError, ValueError) as error:
        if isinstance(error, Unreadable):
            raise
        raise Unreadable(_("The XML cannot be read: %(reason)s.") % {"reason": error}) from None
    return builder.root


def write_element(name: str, content: str = "", **attributes: str) -> str:
    """An element with ``content``, which is XML already."""
    written = "".join(
        f" {key.rstrip('_')}={quoteattr(value, {chr(10): '&#10;', chr(9): '&#9;'})}"
        for key, value in attributes.items()
    )
    return f"<{name}{written}>{content}</{name}>" if content else f"<{name}{written}/>"
