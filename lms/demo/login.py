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

# The four people who tell the story, with the one line that says what there is to see.
FIRST_SCREEN = {
    "anna": (_("Anna, operator"), _("An article that she works by has changed")),
    "denis": (_("Denis, newcomer, day 6"), _("What is left before the first calls")),
    "olga": (_("Olga, mentor"), _("Who waits for a signature")),
    "sergey": (_("Sergey, lead of line 1"), _("Who may take calls today, and why")),
}
# Those behind them, for whoever wants to see the other side.
BEHIND = {
    "editor": (_("Maria, editor"), _("Writes, says what changed and sends for approval")),
    "second_editor": (_("Pavel, editor"), _("Approves what others wrote")),
    "ilya": (_("Ilya, trainer"), _("Lessons, questions and tests")),
    "reviewer": (_("Nina, quality reviewer"), _("Listens to calls and rates them")),
    "hr": (_("Elena, HR"), _("People, teams and positions")),
    "auditor": (_("Victor, auditor"), _("Reads every record, changes nothing")),
    "head": (_("Marina, head of support"), _("All lines at once")),
    "administrator": (_("Oleg, administrator"), _("Everything")),
}


def came_from_this_machine(request: HttpRequest) -> bool:
    """Whether a browser on this very machine asks, with nobody between."""
    return (
        _is_loopback(request.META.get("REMOTE_ADDR", ""))
        and "HTTP_X_FORWARDED_FOR" not in request.META
        and (request.get_host().rsplit(":", 1)[0] in {"localhost", "127.0.0.1", "[::1]"})
    )


def is_offered(request: HttpRequest) -> bool:
    """Whether this request may log in by one click: it comes from this machine, to a demo database."""
    return came_from_this_machine(request) and Company.is_demo()


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def _people(shown: dict) -> list[dict]:
    return [
        {"key": member.handle, "full_name": member.full_name, "title": title, "note": note}
        for handle, (title, note) in shown.items()
        for member in CAST
        if member.handle == handle
    ]


class DemoAwareLoginView(LoginView):
    """allauth's login page; in the demo with people to be on top, also for whoever is somebody already."""

    def dispatch(self, request, *args, **kwargs):
        """Let somebody who is signed in come back to choose another person; elsewhere as allauth has it."""
        if request.method == "GET" and request.user.is_authenticated and is_offered(request):
            return self.render_to_response(self.get_context_data())
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        if is_offered(self.request):
            context |= {"demo_logins": _people(FIRST_SCREEN), "demo_others": _people(BEHIND)}
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
