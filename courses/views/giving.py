"""Giving sessions: scheduling, changing and moving, inviting, calling off."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from courses.covering import cover_of
from courses.forms.sessions import CancelForm, InviteForm, SessionForm, WhomForm
from courses.models import TheorySession
from courses.permissions import chooses_trainer, may_run
from courses.selectors.learners import teams_of
from courses.selectors.sessions import to_invite
from courses.services.inviting import invite_to_each
from courses.services.scheduling import cancel, change, schedule
from people.refusals import Refusal

get_or_post = require_http_methods(["GET", "HEAD", "POST"])
MOST_OFFERED = 200


def _run(request: HttpRequest, theory_id: int) -> TheorySession:
    """The session, if the viewer decides about it, else as if it were not there."""
    rows = TheorySession.objects.visible_to(request.viewer, timezone.now())
    session = get_object_or_404(rows.select_related("trainer", "article"), pk=theory_id)
    if not may_run(request.viewer, session):
        raise Http404
    return session


@get_or_post
def new(request: HttpRequest) -> HttpResponse:
    """Schedule a session, or one for every week; then people are invited."""
    if request.viewer.employee_id is None:
        raise Http404
    form = SessionForm(
        request.POST if request.method == "POST" else None,
        viewer=request.viewer,
        chooses_trainer=chooses_trainer(request.viewer),
    )
    if form.is_bound and form.is_valid():
        try:
            made = schedule(
                draft=form.draft,
                until=form.cleaned_data["until"],
                key=form.cleaned_data["key"],
                by=request.user,
                now=timezone.now(),
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            words = ngettext(
                "%(n)s session is scheduled.", "%(n)s sessions are scheduled.", len(made)
            )
            messages.success(request, words % {"n": len(made)})
            return redirect("theory_session_invite", made[0].pk)
    return render(
        request,
        "courses/session_form.html",
        {"form": form, "session": None},
        status=422 if form.is_bound else 200,
    )


@get_or_post
def change_view(request: HttpRequest, theory_id: int) -> HttpResponse:
    """Say anew what takes place; of another time or place who comes is told."""
    session = _run(request, theory_id)
    form = SessionForm(
        request.POST if request.method == "POST" else None,
        viewer=request.viewer,
        chooses_trainer=chooses_trainer(request.viewer),
        session=session,
    )
    if form.is_bound and form.is_valid():
        try:
            moved = change(session=session, draft=form.draft, by=request.user, now=timezone.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, _("Moved: everybody who comes is told.") if moved else _("Saved.")
            )
            return redirect("theory_session", session.pk)
    return render(
        request,
        "courses/session_form.html",
        {"form": form, "session": session},
        status=422 if form.is_bound else 200,
    )


@get_or_post
def invite_view(request: HttpRequest, theory_id: int) -> HttpResponse:
    """Programme, team or name first, then people; who is invited already is not offered."""
    session = _run(request, theory_id)
    now = timezone.now()
    later = session_and_later(session)
    whom = WhomForm(request.GET or None, teams=teams_of(request.viewer))
    form = None
    if whom.is_bound and whom.is_valid():
        people = to_invite(request.viewer, now, session, **whom.cleaned_data)
        # A long list is cut in the page only: who was ticked on it may be anywhere in the whole.
        shown = people if request.method == "POST" else people[:MOST_OFFERED]
        form = InviteForm(
            request.POST if request.method == "POST" else None,
            people=shown,
            # Of a programme or a team it is mostly all; who was looked for by name is ticked by hand.
            ticked=bool(whom.cleaned_data["programme"] or whom.cleaned_data["team"]),
            in_series=len(later) > 1,
        )
        if form.is_bound and form.is_valid() and _invite(request, form, later):
            return redirect("theory_session", session.pk)
    context = {
        "session": session,
        "whom": whom,
        "form": form,
        "offered": MOST_OFFERED,
        "clashes": cover_of(session).clashes,
    }
    status = 422 if form is not None and form.is_bound else 200
    return render(request, "courses/session_invite.html", context, status=status)


def session_and_later(session: TheorySession) -> list[TheorySession]:
    """The session and those of its series that come after it."""
    after = TheorySession.objects.planned().filter(series=session.series, number__gt=session.number)
    return [session, *after.order_by("number")]


def _invite(request: HttpRequest, form: InviteForm, later: list[TheorySession]) -> bool:
    """Invite the chosen people; whether it was done."""
    wanted = later if form.cleaned_data.get("later_too") else later[:1]
    people = list(form.cleaned_data["people"])
    try:
        made = invite_to_each(sessions=wanted, employees=people, now=timezone.now())
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    waiting = sum(not row.seated for row in made[0])
    words = ngettext("%(n)s person is invited.", "%(n)s people are invited.", len(made[0]))
    text = words % {"n": len(made[0])}
    if waiting:
        more = ngettext("%(n)s waits for a seat.", "%(n)s wait for a seat.", waiting)
        text = f"{text} {more % {'n': waiting}}"
    messages.success(request, text)
    return True


@get_or_post
def cancel_view(request: HttpRequest, theory_id: int) -> HttpResponse:
    """Call a session off; everybody who is invited is told why."""
    session = _run(request, theory_id)
    form = CancelForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            cancel(
                session=session,
                reason=form.cleaned_data["reason"],
                by=request.user,
                now=timezone.now(),
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Called off. Everybody who is invited is told."))
            return redirect("theory_session", session.pk)
    context = {"session": session, "form": form}
    return render(
        request, "courses/session_cancel.html", context, status=422 if form.is_bound else 200
    )
