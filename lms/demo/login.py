"""The one-click login of the demo: only in a database marked as demo, only on loopback."""

import ipaddress

from allauth.account.views import LoginView
from django.contrib.auth import login as sign_in
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from common.redirects import redirect_within
from lms.demo.cast import CAST
from people.models import Company, User

# Who stands on the first screen, and the one line that says what there is to see.
FIRST_SCREEN = {
    "anna": _("Operator: finds answers during calls"),
    "editor": _("Editor: writes and sends for approval"),
    "second_editor": _("Editor: approves what others wrote"),
    "hr": _("HR: people, teams and positions"),
    "administrator": _("Administrator: everything"),
}


def is_offered(request: HttpRequest) -> bool:
    """Whether this request may log in by one click: it comes from this machine, to a demo database."""
    return (
        _is_loopback(request.META.get("REMOTE_ADDR", ""))
        and "HTTP_X_FORWARDED_FOR" not in request.META
        and (request.get_host().rsplit(":", 1)[0] in {"localhost", "127.0.0.1", "[::1]"})
        and Company.is_demo()
    )


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


class DemoAwareLoginView(LoginView):
    """allauth's login page; in the demo with people to be on top."""

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        if is_offered(self.request):
            context["demo_logins"] = [
                {
                    "key": member.handle,
                    "name": member.full_name,
                    "note": FIRST_SCREEN[member.handle],
                }
                for member in CAST
                if member.handle in FIRST_SCREEN
            ]
        return context


@require_POST
def demo_login(request: HttpRequest) -> HttpResponse:
    """Sign in as somebody of the cast. 404 anywhere but in a demo on loopback."""
    members = {member.handle: member for member in CAST}
    member = members.get(request.POST.get("login", ""))
    if member is None or not is_offered(request):
        raise Http404("No such login, or not a demo.")
    user = User.objects.filter(email_key=User.key_of(member.email), is_active=True).first()
    if user is None:
        raise Http404("This person is not in the database.")
    sign_in(request, user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return redirect_within(request, request.POST.get("next"))
