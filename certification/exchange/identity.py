"""By what the next import knows a question again, and what of a file's words is a label of ours."""

import hashlib
import re
from collections.abc import Iterable, Mapping

from certification.exchange.items import LONGEST_ID, MOST_TAGS, Item
from certification.exchange.texts import one_line

PREFIX = "opora:"
DEEPEST_CATEGORY = 10
LONGEST_LABEL = 120
FACT = re.compile(r"opora:([a-z_]{1,30})(?:=(.*))?")


def key_of(explicit: str, category: Iterable[str], name: str, text: str) -> str:
    """The identifier the file gives; else one made of category and name; else of the text."""
    explicit = one_line(explicit)
    if explicit:
        return explicit if len(explicit) <= LONGEST_ID else f"#{_digest(explicit)}"
    return f"#{_digest('/'.join(category), name)}" if name else f"#{_digest(text)}"


def told_apart(keys: dict[str, int], key: str) -> str:
    """``key``, with a number if the file has used it before."""
    keys[key] = keys.get(key, 0) + 1
    return key if keys[key] == 1 else f"{key[: LONGEST_ID - 8]}~{keys[key]}"


def category_of(path: str) -> tuple[str, ...]:
    """The parts of a category's path; places of the other system and ways out of it are no parts."""
    parts = [one_line(part.replace("\0", "/")) for part in path.replace("//", "\0").split("/")]
    kept = [part for part in parts if part and part not in {".", "..", "top"}]
    kept = [part for part in kept if not re.fullmatch(r"\$\w+\$", part)]
    return tuple(part[:LONGEST_LABEL] for part in kept[:DEEPEST_CATEGORY])


def path_of(category: Iterable[str]) -> str:
    """The path that ``category_of`` reads as ``category``."""
    return "/".join(part.replace("/", "//") for part in category)


def labels_of(written: Iterable[str]) -> tuple[tuple[str, ...], dict[str, str]]:
    """Tags, and what was written as a tag but is a fact of ours."""
    tags: dict[str, None] = {}
    facts: dict[str, str] = {}
    for label in written:
        label = one_line(label)
        fact = FACT.fullmatch(label)
        if fact:
            facts[fact[1]] = fact[2] or ""
        elif label and len(tags) < MOST_TAGS:
            tags[label[:LONGEST_LABEL]] = None
    return tuple(tags), facts


def labels_for(item: Item, marks: Mapping[str, str]) -> list[str]:
    """What ``labels_of`` reads as the tags and facts of ``item`` and ``marks``."""
    facts = {**item.facts, **marks}
    return [
        *item.tags,
        *(
            f"{PREFIX}{name}={value}" if value else f"{PREFIX}{name}"
            for name, value in facts.items()
        ),
    ]


def _digest(*parts: str) -> str:
    joined = "\x1f".join(" ".join(part.split()) for part in parts)
    return hashlib.sha256(joined.encode()).hexdigest()[:24]
