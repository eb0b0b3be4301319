"""What every template of the frame may use."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from lms.demo.age import DemoAge, age_of_demo
from lms.demo.login import came_from_this_machine

THEMES = ("light", "dark")


def frame(request: HttpRequest) -> dict:
    """The viewer, the theme they chose (here, else in the profile; none: the system) and the company's name.

    ``demo`` is empty but for a browser on the machine of a demo; nothing is asked until a template does.
    """
    viewer = getattr(request, "viewer", None)
    theme = request.COOKIES.get("theme") or (viewer.theme if viewer else "")
    return {
        "viewer": viewer,
        "theme": theme if theme in THEMES else "",
        "company_name": settings.COMPANY_NAME,
        "demo": SimpleLazyObject(lambda: _demo(request)),
    }


def _demo(request: HttpRequest) -> DemoAge | str:
    return (age_of_demo() if came_from_this_machine(request) else None) or ""
