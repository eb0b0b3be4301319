"""What every template keeps to, so that the content security policy and htmx's limits never surprise."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import engines

ROOT = Path(settings.BASE_DIR) / "templates"
HTML = sorted(ROOT.rglob("*.html"))
ALL = [path for path in sorted(ROOT.rglob("*")) if path.is_file()]
INLINE_SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*type=[\"']application/json)", re.I)


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", ALL, ids=named)
def test_a_template_compiles(path):
    engines["django"].get_template(named(path))


@pytest.mark.parametrize("path", HTML, ids=named)
def test_a_template_holds_nothing_the_policy_would_block(path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle\s*=", text), "style= is blocked: use a class"
    assert not re.search(r"<style\b", text, re.I), "inline style sheets are blocked"
    assert not INLINE_SCRIPT.search(text), "inline scripts are blocked"
    assert not re.search(r"\son[a-z]+\s*=", text), "inline handlers are blocked"
    assert "javascript:" not in text


@pytest.mark.parametrize("path", HTML, ids=named)
def test_a_template_asks_nothing_of_htmx_that_needs_eval(path):
    text = path.read_text(encoding="utf-8")
    assert "hx-on" not in text
    assert not re.search(r"hx-(vals|vars|headers)=[\"']js:", text)
    for trigger in re.findall(r"hx-trigger=\"([^\"]*)\"", text):
        assert "[" not in trigger, "without eval a trigger filter fires on every event"
    assert "hx-boost" not in text
    assert "hx-disabled-elt" not in text, "it drops focus for good: use aria-disabled"


@pytest.mark.parametrize("path", [p for p in HTML if p.name.startswith("_")], ids=named)
def test_a_fragment_opens_with_what_it_needs(path):
    assert path.read_text(encoding="utf-8").startswith("{#")


@pytest.mark.parametrize("path", HTML, ids=named)
def test_a_template_asks_nothing_of_another_host(path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"<(?:link|script|img|source)[^>]*(?:href|src)=[\"'](?:https?:)?//", text)


def test_style_sheets_fetch_only_files_of_ours_and_never_each_other():
    static = Path(settings.BASE_DIR) / "lms" / "static"
    sheets = sorted((static / "css").glob("*.css"))
    assert sheets
    for sheet in sheets:
        text = sheet.read_text(encoding="utf-8")
        assert "@import" not in text
        for address in re.findall(r"url\(([^)]*)\)", text):
            file = (sheet.parent / address.strip("\"'")).resolve()
            assert file.is_file(), f"{sheet.name} asks for {address}"
