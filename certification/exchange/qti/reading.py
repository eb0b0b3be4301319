"""Reading QTI: a file with items, or a package with a manifest. 2.1, 2.2 and 3.0 differ in spelling alone."""

import posixpath
from dataclasses import dataclass, field
from urllib.parse import unquote

from django.utils.translation import gettext as _

from certification.exchange.archives import Archive
from certification.exchange.finishing import Collector, Draft
from certification.exchange.identity import PREFIX, category_of
from certification.exchange.items import Reading, Unreadable, Unsuitable
from certification.exchange.qti.interactions import built_of
from certification.exchange.qti.parts import words_of
from certification.exchange.texts import one_line
from certification.exchange.xml_trees import Node, visit_elements

MANIFEST = "imsmanifest.xml"
ITEM = "assessmentitem"
CATEGORY = f"{PREFIX}category="
OLD = frozenset({"questestinterop"})


def plain_name(name: str) -> str:
    """``qti-assessment-item`` and ``assessmentItem`` by one name."""
    return name.lower().removeprefix("qti-").replace("-", "")


@dataclass
class _Resource:
    """What the manifest says of an item."""

    key: str = ""
    name: str = ""
    labels: list[str] = field(default_factory=list)


def read_qti(content: bytes, file: str = "") -> Reading:
    """The questions of a QTI file or package. Raises Unreadable."""
    if not content.startswith(b"PK"):
        collector = Collector(file)
        root = _read_items(content, _Resource(), collector)
        if not (collector.reading.read or collector.reading.refused):
            raise Unreadable(_none_words(root))
        return collector.reading
    archive = Archive(content)
    manifests = [name for name in archive.names if posixpath.basename(name) == MANIFEST]
    if len(manifests) > 1:
        raise Unreadable(_("The package has more than one manifest."))
    resources: dict[str, _Resource] = {}
    if manifests:
        resources = _resources(archive.read(manifests[0]), posixpath.dirname(manifests[0]))
    listed = [name for name in resources if name in set(archive.names)]
    others = [
        name
        for name in archive.names
        if name not in resources and name not in manifests and name.lower().endswith(".xml")
    ]
    collector = Collector()
    for name in [*listed, *others]:
        collector.file = name
        try:
            _read_items(archive.read(name), resources.get(name, _Resource()), collector)
        except Unreadable as reason:
            # One damaged member does not concern the others; too many questions concern the package.
            if collector.is_full:
                raise
            collector.refuse(1, str(reason).rstrip("."))
    if not (collector.reading.read or collector.reading.refused):
        raise Unreadable(_("There is no question in the file."))
    return collector.reading


def _none_words(root: str) -> str:
    if root in OLD:
        return _("This is QTI 1.2. Export QTI 2.1 or 3.0, or Moodle XML.")
    return _("There is no question in the file.")


def _resources(content: bytes, folder: str) -> dict[str, _Resource]:
    found: dict[str, _Resource] = {}

    def visit(node: Node) -> None:
        href = unquote(node.attributes.get("href", ""))
        if "item" in node.attributes.get("type", "").lower() and href:
            found[posixpath.normpath(posixpath.join(folder, href))] = _described(node)

    visit_elements(content, "resource".__eq__, visit, named=plain_name)
    return found


def _described(node: Node) -> _Resource:
    resource = _Resource()
    for general in node.walk():
        if general.name != "general":
            continue
        for identifier in general.all("identifier"):
            resource.key = resource.key or identifier.text_of("entry")
        for title in general.all("title"):
            resource.name = resource.name or _string_of(title)
        resource.labels += [_string_of(keyword) for keyword in general.all("keyword")]
    return resource


def _string_of(node: Node) -> str:
    return next(
        (part.own_text for part in node.walk() if part.name in {"string", "langstring"}), ""
    )


def _read_items(content: bytes, resource: _Resource, collector: Collector) -> str:
    def visit(node: Node) -> None:
        try:
            _read_item(node, resource, collector)
        except Unsuitable as reason:
            collector.refuse(node.line, str(reason))

    return visit_elements(content, ITEM.__eq__, visit, named=plain_name)


def _read_item(node: Node, resource: _Resource, collector: Collector) -> None:
    identifier = one_line(node.attributes.get("identifier", ""))
    categories = [label for label in resource.labels if label.startswith(CATEGORY)]
    draft = Draft(
        line=node.line,
        name=resource.name or node.attributes.get("title", ""),
        key=resource.key or (f"qti:{identifier}" if identifier else ""),
        category=category_of(categories[0].removeprefix(CATEGORY)) if categories else (),
        labels=[label for label in resource.labels if label not in categories],
    )
    if node.attributes.get("adaptive", "") == "true":
        raise Unsuitable(_("an adaptive item: its questions follow from the answers"))
    if node.first("templatedeclaration"):
        raise Unsuitable(_("a template: its values are computed anew each time"))
    body = node.first("itembody")
    if body is None:
        raise Unsuitable(_("there is nothing to answer"))
    for rubric in (part for part in body.walk() if part.name == "rubricblock"):
        if "scorer" in rubric.attributes.get("view", "").split():
            draft.note = words_of(rubric, None)
    collector.take(draft, built_of(node, body, draft))
