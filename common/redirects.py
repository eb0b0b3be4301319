"""Where a form may lead back to: an address of this site, and nowhere else."""

from django.http import HttpRequest, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme


def redirect_within(
    request: HttpRequest, target: str | None, default: str = "/"
) -> HttpResponseRedirect:
    """A redirect to ``target`` if it is a path of this site, else to ``default``.

    Never the name of a view: what comes with a form would be looked up among them.
    """
    target = target or default
    safe = target.startswith("/") and url_has_allowed_host_and_scheme(
        target, {request.get_host()}, request.is_secure()
    )
    return HttpResponseRedirect(target if safe else default)
