"""What every template of the frame may use."""

from django.conf import settings
from django.http import HttpRequest

THEMES = ("light", "dark")


def frame(request: HttpRequest) -> dict:
    """The viewer, the theme they chose (here, else in the profile; none: the system) and the company's name."""
    viewer = getattr(request, "viewer", None)
    theme = request.COOKIES.get("theme") or (viewer.theme if viewer else "")
    return {
        "viewer": viewer,
        "theme": theme if theme in THEMES else "",
        "company_name": settings.COMPANY_NAME,
    }
