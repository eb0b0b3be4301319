"""What every template of the frame may use."""

from django.conf import settings
from django.http import HttpRequest

THEMES = ("light", "dark")


def frame(request: HttpRequest) -> dict:
    """The viewer, the theme they chose (or none: the system decides) and the company's name."""
    theme = request.COOKIES.get("theme", "")
    return {
        "viewer": getattr(request, "viewer", None),
        "theme": theme if theme in THEMES else "",
        "company_name": settings.COMPANY_NAME,
    }
