"""Parts of a QTI item: declarations of responses, texts, feedback."""

from dataclasses import dataclass, field
from decimal import Decimal

from certification.exchange.building import number, weight
from certification.exchange.finishing import Draft
from certification.exchange.items import Unsuitable
from certification.exchange.texts import from_html, losses_of
from certification.exchange.xml_trees import Node

# What is not part of the question as the person reads it.
ASIDE = frozenset(
    {
        "rubricblock",
        "modalfeedback",
        "feedbackblock",
        "feedbackinline",
        "templateblock",
        "stylesheet",
    }
    | {"catalog", "catalogs", "cataloginfo"}
)


@dataclass
class Declared:
    """What an item declares of one response."""

    cardinality: str = "single"
    base: str = "identifier"
    correct: list[str] = field(default_factory=list)
    mapped: dict[str, Decimal] = field(default_factory=dict)
    case_matters: bool = False

    @property
    def best(self) -> Decimal:
        """The highest value of the mapping."""
        return max(self.mapped.values(), default=weight("0"))


def declared(item: Node) -> dict[str, Declared]:
    """The responses an item declares, by identifier."""
    found = {}
    for node in item.all("responsedeclaration"):
        attributes = node.attributes
        correct = node.first("correctresponse")
        mapping = node.first("mapping")
        entries = mapping.all("mapentry") if mapping else []
        found[attributes.get("identifier", "RESPONSE")] = Declared(
            cardinality=attributes.get("cardinality", "single"),
            base=attributes.get("basetype", "identifier"),
            correct=[value.own_text for value in correct.all("value")] if correct else [],
            mapped={
                entry.attributes.get("mapkey", ""): weight(entry.attributes.get("mappedvalue", "0"))
                for entry in entries
            },
            case_matters=any(entry.attributes.get("casesensitive") == "true" for entry in entries),
        )
    return found


def words_of(
    node: Node,
    draft: Draft | None,
    *,
    skip: frozenset[str] = frozenset(),
    placed: dict[int, str] | None = None,
) -> str:
    """The words inside ``node``; what of them is lost is noted in ``draft``."""
    source = node.inner_html(skip, placed)
    if draft is not None:
        draft.losses += losses_of(source)
    return from_html(source)


def tolerance_of(item: Node, value: Decimal) -> Decimal:
    """How far off a number may be, as the rules of the item compare it."""
    for node in item.walk():
        if node.name != "equal":
            continue
        mode = node.attributes.get("tolerancemode", "exact")
        figures = node.attributes.get("tolerance", "0").split() or ["0"]
        try:
            far = max(abs(number(figure)) for figure in figures)
        except Unsuitable:
            return weight("0")
        if mode == "absolute":
            return far
        if mode == "relative":
            return round(abs(value) * far / 100, 9)
    return weight("0")
