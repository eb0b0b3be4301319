"""Fixtures of the imports: files made in the test, and one call that brings them in."""

import gzip
import io
import json
from pathlib import Path

import pytest
from django.utils import translation
from PIL import Image as Pillow

from kb.importing.services import import_articles
from kb.importing.sources import source_of
from kb.models import ArticlePage


def row(number: int = 1, **changes) -> dict:
    """One row as the corpus has it."""
    values = {
        "id": f"row-{number}",
        "lang": "ru",
        "title": f"Статья {number}",
        "section": ["Телефония"],
        "headings": [],
        "body": "Включите переадресацию в личном кабинете, это займёт минуту.",
        "pair": None,
        "repo": "somebody/docs",
        "path": f"docs/{number}.md",
        "licence": "CC-BY-4.0",
    }
    return {**values, **changes}


@pytest.fixture(autouse=True)
def _in_english():
    """The sentences of these tests are the English ones."""
    with translation.override("en"):
        yield


@pytest.fixture
def jsonl(tmp_path):
    """A JSONL file of rows: ``jsonl(row(1), row(2), name="a.jsonl.gz")``."""

    def _jsonl(*rows: dict, name: str = "articles.jsonl") -> Path:
        path = tmp_path / name
        content = "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in rows).encode()
        path.write_bytes(gzip.compress(content) if name.endswith(".gz") else content)
        return path

    return _jsonl


@pytest.fixture
def folder(tmp_path):
    """A folder of files: ``folder({"a/b.md": "text", "c.png": b"…"})``."""

    def _folder(files: dict[str, str | bytes], name: str = "wiki") -> Path:
        root = tmp_path / name
        for path, content in files.items():
            place = root / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content.encode() if isinstance(content, str) else content)
        return root

    return _folder


@pytest.fixture
def bring_in(db, now, settings, tmp_path):
    """Import a path: ``bring_in(path, audience="public")``."""
    settings.MEDIA_ROOT = tmp_path / "media"

    def _bring_in(path: Path, format_name: str | None = None, **terms):
        terms = {"by": None, "now": now, **terms}
        return import_articles(documents=source_of(path, format_name), **terms)

    return _bring_in


@pytest.fixture
def article_of():
    """The article imported from a source id."""
    return lambda source_id: ArticlePage.objects.get(source_id=source_id)


def picture(kind: str = "PNG", size: tuple[int, int] = (8, 8), **options) -> bytes:
    """A small picture."""
    stream = io.BytesIO()
    Pillow.new("RGB", size, (200, 30, 30)).save(stream, kind, **options)
    return stream.getvalue()
