"""Bodies for the articles of the scene: a canary in every kind of block."""

import uuid
from collections.abc import Iterable

from tests.access.canaries import Canaries

SCRIPT_ID = uuid.UUID(int=7)


def blocks_of(
    canaries: Canaries, key: str, *, image, document, allowed: Iterable[str], shown: Iterable[str]
) -> list[dict]:
    """Every kind of block, each with canaries of its own; ``key`` names the article or its part."""

    def put(field: str) -> str:
        return canaries.put(f"{key}.{field}", allowed=allowed, shown=shown)

    table = {
        "columns": [{"type": "text", "heading": put("table_head")}],
        "rows": [{"values": [f"<p>{put('table_cell')}</p>"]}],
        "caption": put("table_caption"),
    }
    return [
        {"type": "heading", "value": put("heading")},
        {"type": "text", "value": f"<p>{put('text')}</p>"},
        {
            "type": "steps",
            "value": {"title": put("steps_title"), "items": [f"<p>{put('step')}</p>"]},
        },
        {
            "type": "faq",
            "value": {
                "title": put("faq_title"),
                "questions": [
                    {"question": put("faq_question"), "answer": f"<p>{put('faq_answer')}</p>"}
                ],
            },
        },
        {"type": "callout", "value": {"tone": "danger", "text": f"<p>{put('callout')}</p>"}},
        {"type": "table", "value": table},
        {
            "type": "image",
            "value": {"image": image.pk, "caption": put("caption"), "alt": put("alt")},
        },
        {"type": "code", "value": {"language": "ini", "code": put("code")}},
        {"type": "file", "value": {"document": document.pk, "title": put("file_title")}},
        {"type": "text", "value": f'<p><a linktype="document" id="{document.pk}">файл</a></p>'},
    ]


def say(words: str) -> dict:
    """What to say to the customer."""
    return {"type": "say", "value": words}


def script(canaries: Canaries, key: str, *, allowed: Iterable[str], shown: Iterable[str]) -> dict:
    """A guided script with canaries in its words; the second step is shown to who answers."""

    def put(field: str, seen: Iterable[str]) -> str:
        return canaries.put(f"{key}.{field}", allowed=allowed, shown=seen)

    first = {
        "name": put("script_step", []),
        "text": f"<p>{put('script_text', shown)}</p>",
        "say": put("script_say", shown),
        "choices": [{"label": put("script_choice", shown), "leads_to": "end"}],
        "outcome": "",
    }
    last = {
        "name": "end",
        "text": f"<p>{put('script_end', [])}</p>",
        "say": "",
        "choices": [],
        "outcome": "solved",
    }
    value = {"title": put("script_title", shown), "steps": [first, last]}
    return {"type": "script", "id": str(SCRIPT_ID), "value": value}


def internal(*blocks: dict) -> dict:
    """An internal part."""
    return {"type": "internal", "value": list(blocks)}


def links_to(*pages) -> dict:
    """A text that links all ``pages``, in words that tell nothing."""
    links = [f'<p><a linktype="page" id="{page.pk}">см. здесь</a></p>' for page in pages]
    return {"type": "text", "value": "".join(links)}
