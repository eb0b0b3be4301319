"""Writing QTI packages: the same items in the spelling of 2.1 and of 3.0."""

import io
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from xml.sax.saxutils import escape

from django.utils.translation import gettext as _

from certification.exchange.finishing import KIND, marks_of
from certification.exchange.identity import labels_for, path_of
from certification.exchange.items import Item
from certification.exchange.notes import to_note
from certification.exchange.qti.reading import CATEGORY, MANIFEST
from certification.exchange.xml_trees import write_element

HEADER = '<?xml version="1.0" encoding="UTF-8"?>\n'
# A package is the same, byte for byte, whenever it is written.
WRITTEN_AT = (2020, 1, 1, 0, 0, 0)
PACKAGING = "http://www.imsglobal.org/xsd/imscp_v1p1"
METADATA = "http://ltsc.ieee.org/xsd/LOM"


@dataclass(frozen=True)
class Spelling:
    """How a version of QTI spells what all versions mean."""

    namespace: str
    templates: str
    resource: str
    kebab: bool

    def element(self, name: str, content: str = "", **attributes: str) -> str:
        """An element of QTI; names are given as in 2.1, attributes in snake case."""
        if self.kebab:
            name = "qti-" + re.sub(r"([A-Z])", lambda match: f"-{match[1].lower()}", name)
            spelled = {key.replace("_", "-"): value for key, value in attributes.items()}
        else:
            spelled = {
                re.sub(r"_(\w)", lambda match: match[1].upper(), key): value
                for key, value in attributes.items()
            }
        return write_element(name, content, **spelled)


V21 = Spelling(
    "http://www.imsglobal.org/xsd/imsqti_v2p1",
    "http://www.imsglobal.org/question/qti_v2p1/rptemplates/",
    "imsqti_item_xmlv2p1",
    kebab=False,
)
V30 = Spelling(
    "http://www.imsglobal.org/xsd/imsqtiasi_v3p0",
    "https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/",
    "imsqti_item_xmlv3p0",
    kebab=True,
)


def write_qti21(items: Iterable[Item]) -> bytes:
    """A package of QTI 2.1."""
    return _package(items, V21)


def write_qti30(items: Iterable[Item]) -> bytes:
    """A package of QTI 3.0."""
    return _package(items, V30)


def _package(items: Iterable[Item], spelling: Spelling) -> bytes:
    file = io.BytesIO()
    resources = []
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for count, item in enumerate(items, start=1):
            name = f"items/q{count:05d}.xml"
            xml, disguised = _item(item, f"q{count:05d}", spelling)
            _put(archive, name, xml)
            resources.append(_resource(item, name, count, spelling, disguised=disguised))
        content = write_element("organizations") + write_element("resources", "\n".join(resources))
        manifest = write_element(
            "manifest", content, xmlns=PACKAGING, **{"xmlns:imsmd": METADATA, "identifier": "opora"}
        )
        _put(archive, MANIFEST, manifest)
    return file.getvalue()


def _put(archive: zipfile.ZipFile, name: str, xml: str) -> None:
    member = zipfile.ZipInfo(name, WRITTEN_AT)
    member.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(member, f"{HEADER}{xml}\n")


def _resource(item: Item, name: str, count: int, spelling: Spelling, *, disguised: bool) -> str:
    marks = marks_of(item, disguised=disguised)
    if item.kind == "true_false":
        marks[KIND] = item.kind
    labels = labels_for(item, marks)
    if item.category:
        labels.append(f"{CATEGORY}{path_of(item.category)}")
    general = [write_element("imsmd:identifier", write_element("imsmd:entry", escape(item.key)))]
    if item.name:
        general.append(write_element("imsmd:title", _string(item.name)))
    general += [write_element("imsmd:keyword", _string(label)) for label in labels]
    lom = write_element("imsmd:lom", write_element("imsmd:general", "".join(general)))
    content = write_element("metadata", lom) + write_element("file", href=name)
    return write_element(
        "resource", content, identifier=f"r{count:05d}", type=spelling.resource, href=name
    )


def _string(text: str) -> str:
    return write_element("imsmd:string", escape(text))


def _item(item: Item, identifier: str, spelling: Spelling) -> tuple[str, bool]:
    element = spelling.element
    answers = _answers(item, spelling)
    disguised = answers is None
    if answers is None:
        note = element("rubricBlock", _paragraphs(to_note(item.kind, item.body)), view="scorer")
        answers = (
            _declaration(spelling, "single", "string", []),
            note + element("extendedTextInteraction", response_identifier="RESPONSE"),
            "",
        )
    declaration, interaction, processing = answers
    outcomes = element(
        "outcomeDeclaration", identifier="SCORE", cardinality="single", base_type="float"
    )
    feedback = ""
    if item.explanation:
        outcomes += element(
            "outcomeDeclaration",
            identifier="FEEDBACK",
            cardinality="single",
            base_type="identifier",
        )
        said = _paragraphs(item.explanation)
        if spelling.kebab:
            said = element("contentBody", said)
        feedback = element(
            "modalFeedback",
            said,
            outcome_identifier="FEEDBACK",
            identifier="general",
            show_hide="show",
        )
    body = element("itemBody", _paragraphs(item.text) + interaction)
    content = "\n".join([declaration, outcomes, body, processing, feedback])
    return (
        element(
            "assessmentItem",
            content,
            xmlns=spelling.namespace,
            identifier=identifier,
            title=item.name or item.text[:80],
            adaptive="false",
            time_dependent="false",
        ),
        disguised,
    )


def _answers(item: Item, spelling: Spelling) -> tuple[str, str, str] | None:
    """Declaration, interaction and processing, or None where QTI has no words for the kind."""
    body = item.body
    match item.kind:
        case "single":
            right = [f"c{place}" for place, one in enumerate(body["choices"], 1) if one["right"]]
            return _choice(spelling, _texts(body), right, None, single=True)
        case "situational":
            worths = {
                f"c{place}": one["worth"] / 100 for place, one in enumerate(body["choices"], 1)
            }
            right = [key for key, worth in worths.items() if worth == 1]
            return _choice(spelling, _texts(body), right[:1], worths, single=True)
        case "multiple":
            right = [f"c{place}" for place, one in enumerate(body["choices"], 1) if one["right"]]
            worths = (
                {key: (1 if key in right else -1) / len(right) for key in _texts(body)}
                if body.get("partial")
                else None
            )
            return _choice(spelling, _texts(body), right, worths, single=False)
        case "true_false":
            texts = {"true": _("True"), "false": _("Not true")}
            right = ["true" if body["right"] else "false"]
            return _choice(spelling, texts, right, None, single=True)
        case "short":
            worths = dict.fromkeys(body["accepted"], 1.0)
            declaration = _declaration(spelling, "single", "string", body["accepted"][:1], worths)
            return declaration, _entry(spelling), _template(spelling, "map_response")
        case "numeric":
            declaration = _declaration(spelling, "single", "float", [body["value"]])
            return declaration, _entry(spelling), _near(spelling, body["tolerance"])
        case "ordering":
            return _ordering(spelling, body["steps"])
        case "matching":
            return _matching(spelling, body)
    return None


def _texts(body: dict) -> dict[str, str]:
    return {f"c{place}": choice["text"] for place, choice in enumerate(body["choices"], start=1)}


def _choice(
    spelling: Spelling,
    texts: dict[str, str],
    right: list[str],
    worths: dict[str, float] | None,
    *,
    single: bool,
) -> tuple[str, str, str]:
    cardinality = "single" if single else "multiple"
    declaration = _declaration(spelling, cardinality, "identifier", right, worths)
    interaction = spelling.element(
        "choiceInteraction",
        _simple(spelling, texts),
        response_identifier="RESPONSE",
        shuffle="true",
        max_choices="1" if single else "0",
    )
    return (
        declaration,
        interaction,
        _template(spelling, "map_response" if worths else "match_correct"),
    )


def _ordering(spelling: Spelling, steps: list[str]) -> tuple[str, str, str]:
    texts = {f"c{place}": step for place, step in enumerate(steps, start=1)}
    interaction = spelling.element(
        "orderInteraction", _simple(spelling, texts), response_identifier="RESPONSE", shuffle="true"
    )
    declaration = _declaration(spelling, "ordered", "identifier", list(texts))
    return declaration, interaction, _template(spelling, "match_correct")


def _matching(spelling: Spelling, body: dict) -> tuple[str, str, str]:
    lefts = {f"l{place}": pair["left"] for place, pair in enumerate(body["pairs"], start=1)}
    texts = dict.fromkeys([*(pair["right"] for pair in body["pairs"]), *body["extra"]])
    rights = {f"r{place}": text for place, text in enumerate(texts, start=1)}
    key_of = {text: key for key, text in rights.items()}
    pairs = [
        f"l{place} {key_of[pair['right']]}" for place, pair in enumerate(body["pairs"], start=1)
    ]
    sets = "".join(
        spelling.element(
            "simpleMatchSet",
            "".join(
                spelling.element(
                    "simpleAssociableChoice", escape(text), identifier=key, match_max=most
                )
                for key, text in side.items()
            ),
        )
        for side, most in ((lefts, "1"), (rights, "0"))
    )
    interaction = spelling.element(
        "matchInteraction",
        sets,
        response_identifier="RESPONSE",
        shuffle="true",
        max_associations="0",
    )
    declaration = _declaration(spelling, "multiple", "directedPair", pairs)
    return declaration, interaction, _template(spelling, "match_correct")


def _declaration(
    spelling: Spelling,
    cardinality: str,
    base: str,
    correct: list[str],
    worths: dict[str, float] | None = None,
) -> str:
    values = "".join(spelling.element("value", escape(value)) for value in correct)
    content = spelling.element("correctResponse", values) if values else ""
    if worths:
        entries = "".join(
            spelling.element("mapEntry", map_key=key, mapped_value=f"{worth:.6g}")
            for key, worth in worths.items()
        )
        content += spelling.element("mapping", entries, default_value="0", lower_bound="0")
    return spelling.element(
        "responseDeclaration",
        content,
        identifier="RESPONSE",
        cardinality=cardinality,
        base_type=base,
    )


def _simple(spelling: Spelling, texts: dict[str, str]) -> str:
    return "".join(
        spelling.element("simpleChoice", escape(text), identifier=key)
        for key, text in texts.items()
    )


def _entry(spelling: Spelling) -> str:
    entry = spelling.element("textEntryInteraction", response_identifier="RESPONSE")
    return write_element("p", entry)


def _template(spelling: Spelling, name: str) -> str:
    ending = ".xml" if spelling.kebab else ""
    return spelling.element("responseProcessing", template=f"{spelling.templates}{name}{ending}")


def _near(spelling: Spelling, tolerance: str) -> str:
    element = spelling.element
    equal = element(
        "equal",
        element("variable", identifier="RESPONSE") + element("correct", identifier="RESPONSE"),
        tolerance_mode="absolute",
        tolerance=f"{tolerance} {tolerance}",
    )
    score = element(
        "setOutcomeValue", element("baseValue", "1", base_type="float"), identifier="SCORE"
    )
    condition = element("responseCondition", element("responseIf", equal + score))
    return element("responseProcessing", condition)


def _paragraphs(text: str) -> str:
    return "".join(
        write_element("p", escape(part).replace("\n", "<br/>")) for part in text.split("\n\n")
    )
