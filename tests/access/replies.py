"""What every reply must carry, and how its body is read."""

import re
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from tests.access.walking import Asking, Reply

BANNER = re.compile(
    rb"\b(?:Django|Wagtail|Python|WSGIServer|waitress|gunicorn)[ /v]+\d", re.IGNORECASE
)
TRACEBACK = b"Traceback (most recent call last)"


def body_of(response) -> bytes:
    """The body, streamed or not. Files are closed, the connection of the test stays open."""
    body = b"".join(response) if response.streaming else response.content
    for close in response._resource_closers:
        close()
    return body


def lacks(asking: "Asking", reply: "Reply", role: str) -> list[str]:
    """What a passive look at this reply finds wanting, in words."""
    wanting = [
        words
        for words, holds in {
            "nosniff": reply.headers.get("X-Content-Type-Options") == "nosniff",
            "referrer policy": reply.headers.get("Referrer-Policy") == "same-origin",
            "opener policy": reply.headers.get("Cross-Origin-Opener-Policy") == "same-origin",
            "frame options": reply.headers.get("X-Frame-Options") in ("SAMEORIGIN", "DENY"),
            "no server banner": not {"Server", "X-Powered-By"} & reply.headers.keys(),
            "no traceback": TRACEBACK not in reply.body,
            "vary by cookie": "Cookie" in reply.headers.get("Vary", ""),
            "private": _is_private(reply.headers.get("Cache-Control", "")),
        }.items()
        if not holds
    ]
    in_admin = asking.address.startswith("/admin/")
    if not in_admin and BANNER.search(reply.body):
        wanting.append("no version banner")
    wanting += _policy_lacks(reply.headers.get("Content-Security-Policy", ""), in_admin)
    wanting += _cookie_lacks(reply.cookies)
    return wanting


def _is_private(cache_control: str) -> bool:
    asked = {part.strip() for part in cache_control.split(",")}
    return "public" not in asked and bool(asked & {"private", "no-store"})


def _policy_lacks(policy: str, in_admin: bool) -> list[str]:
    directives = {
        name: value
        for name, _, value in (part.strip().partition(" ") for part in policy.split(";"))
        if name
    }
    if "sandbox" in directives:
        # A file: it may do nothing at all.
        return [] if directives.get("default-src") == "'none'" else ["file policy"]
    wanting = [
        f"policy {name}"
        for name in ("default-src", "base-uri", "form-action")
        if name not in directives
    ]
    if directives.get("frame-ancestors") not in ("'self'", "'none'"):
        wanting.append("frame ancestors")
    inline = [name for name, value in directives.items() if "unsafe-" in value]
    allowed = {"script-src", "style-src"} if in_admin else set()
    return wanting + [
        f"unsafe {name}" for name in inline if name not in allowed or "eval" in directives[name]
    ]


def _cookie_lacks(cookies) -> list[str]:
    wanting = []
    for name, cookie in cookies.items():
        if not cookie.value:
            continue  # it is being taken away
        # Our script reads the token of forms from its cookie; no other cookie is for scripts.
        if not cookie["httponly"] and name != settings.CSRF_COOKIE_NAME:
            wanting.append(f"cookie {name} HttpOnly")
        if cookie["samesite"] not in ("Lax", "Strict"):
            wanting.append(f"cookie {name} SameSite")
    return wanting
