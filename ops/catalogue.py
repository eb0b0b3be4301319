"""The catalogue of translations, in pure Python: no gettext program is needed to extract, check or compile it.

python -m ops.catalogue compile | update | check
"""

import io
import os
import re
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from ops.console import fail

ROOT = Path(__file__).resolve().parent.parent
LOCALES = ROOT / "locale"
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


def app_names() -> list[str]:
    """The line of apps, top first, as the import contract in pyproject.toml names it."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    return next(c["layers"] for c in contracts["contracts"] if c["id"] == "line-of-apps")


def sources(root: Path = ROOT) -> Iterator[tuple[Path, str]]:
    """Every file that may hold a message, with the kind of its language (python or template)."""
    for app in app_names():
        for path in sorted((root / app).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path, "python"
    for pattern in ("*.html", "*.txt", "*.xml"):
        for path in sorted((root / "templates").rglob(pattern)):
            yield path, "template"


def messages_of(text: str, kind: str) -> Iterator[tuple[int, str | tuple[str, ...], str | None]]:
    """Line, message (with its plural, if any) and context of every message in ``text``."""
    if kind == "template":
        # Django turns its tags into gettext calls between rows of X; those read as Python once the indent is gone.
        text = "\n".join(line.lstrip() for line in templatize(text).splitlines())
    found = extract("python", io.BytesIO(text.encode()), KEYWORDS, options={"encoding": "utf-8"})
    for line, message, _comments, context in found:
        yield line, message, context


def extracted(root: Path = ROOT) -> Catalog:
    """Every message that the code and the templates ask for, with the places that ask."""
    catalog = Catalog(charset="utf-8")
    for path, kind in sources(root):
        for line, message, context in messages_of(path.read_text(encoding="utf-8"), kind):
            if message and message[0]:
                place = (path.relative_to(root).as_posix(), line)
                catalog.add(message, locations=[place], context=context)
    return catalog


def catalogue_files(locales: Path = LOCALES) -> list[Path]:
    """The catalogues that translators keep, one a language."""
    return sorted(locales.glob("*/LC_MESSAGES/django.po"))


def read(path: Path) -> Catalog:
    """One catalogue from disk; its folder names the language."""
    with path.open("rb") as file:
        return read_po(file, locale=path.parent.parent.name)


def compile_all(locales: Path = LOCALES) -> list[Path]:
    """Write the ``.mo`` beside every ``.po`` that is newer; give back those written."""
    written = []
    for source in catalogue_files(locales):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        # Put in place in one move, so that a server that starts meanwhile never reads half of it.
        with tempfile.NamedTemporaryFile(dir=target.parent, suffix=".mo", delete=False) as file:
            write_mo(file, read(source))
        os.chmod(file.name, 0o644)
        os.replace(file.name, target)
        written.append(target)
    return written


def update(path: Path, wanted: Catalog) -> tuple[int, int]:
    """Add what is asked for and missing, drop what nobody asks for; give back how many of each."""
    catalog = read(path)
    known, asked = {keys(m) for m in catalog if m.id}, {keys(m) for m in wanted if m.id}
    catalog.update(wanted, no_fuzzy_matching=True)
    catalog.obsolete.clear()
    buffer = io.BytesIO()
    write_po(buffer, catalog, width=110, sort_output=True, no_location=True)
    path.write_bytes(buffer.getvalue())
    return len(asked - known), len(known - asked)


def keys(message: Message) -> tuple[str, str | None]:
    """What gettext finds a message by: its (singular) text and its context."""
    return (message.id if isinstance(message.id, str) else message.id[0]), message.context


def problems(catalog: Catalog, wanted: Catalog) -> list[str]:
    """One line for every message that is missing, empty, unsure, or speaks of other values than it should."""
    found = []
    for message in wanted:
        if message.id:
            text, context = keys(message)
            place = "{}:{}".format(*message.locations[0])
            translated = catalog.get(text, context)
            if translated is None:
                found.append(f"{place}: no translation of {text!r}")
            elif translated.fuzzy:
                found.append(f"{place}: unsure translation of {text!r}")
            else:
                faults = _faults(message, _forms(translated), catalog.num_plurals)
                found += [f"{place}: {text!r}: {fault}" for fault in faults]
    return found


def placeholders(text: str) -> set[str]:
    """The values that ``text`` speaks of."""
    return set(PLACEHOLDER.findall(text.replace("%%", "")))


def _forms(message: Message) -> list[str]:
    """The translation's forms, one for a message without a plural."""
    return [message.string] if isinstance(message.string, str) else list(message.string or ("",))


def _faults(message: Message, forms: list[str], plurals: int) -> Iterator[str]:
    texts = [message.id] if isinstance(message.id, str) else list(message.id)
    if len(forms) != (1 if len(texts) == 1 else plurals):
        yield f"has {len(forms)} forms where the language needs {plurals}"
    elif not all(forms):
        yield "empty translation"
    elif placeholders(forms[-1]) != placeholders(texts[-1]):
        yield "the translation has other placeholders"
    elif not placeholders("".join(forms)) <= placeholders("".join(texts)):
        yield "a plural form has other placeholders"


def main(command: str) -> None:
    """Run one of the three commands."""
    if command == "compile":
        compile_all()
        return
    wanted = extracted()
    if not catalogue_files():
        fail(f"no catalogue was found in {LOCALES}")
    for path in catalogue_files():
        if command == "update":
            added, dropped = update(path, wanted)
            print(f"{path.relative_to(ROOT)}: {added} added, {dropped} dropped")
        elif found := problems(read(path), wanted):
            print("\n".join(found))
            fail(
                f"{path.relative_to(ROOT)} has {len(found)} gaps; `make messages` adds what is missing"
            )


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in ("compile", "update", "check"):
        fail("usage: python -m ops.catalogue compile | update | check")
    main(sys.argv[1])
