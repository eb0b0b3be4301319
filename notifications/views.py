"""The inbox: reading, opening, ticking off; and what one wants how soon and where. Only one's own rows."""

import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from notifications.forms import DeliverySettingsForm, PacesForm
from notifications.selectors import (
    Item,
    chosen_paces,
    delivery_settings,
    inbox_page,
    newest_about,
    one_of,
    unread_count,
)
from notifications.services.preferences import choose
from notifications.services.reading import (
    mark_all_read,
    mark_read,
    mark_unread,
    take_back_all_read,
)


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """One's notifications, new ones first."""
    page, items = inbox_page(request.viewer, number=request.GET.get("page", 1), at=timezone.now())
    context = {
        "page": page,
        "items": items,
        "unread": any(item.is_unread for item in items),
        "up_to": max((item.notification.pk for item in items), default=0),
        "ticked_off": _moment(request.GET.get("read")),
    }
    return render(request, "notifications/inbox.html", context)


@require_safe
def open_notification(request: HttpRequest, notification_id: int) -> HttpResponse:
    """Go where it leads; whoever goes there has read it."""
    now = timezone.now()
    newer = newest_about(request.viewer, notification_id)
    item = _own(request, newer or notification_id, now)
    if request.method == "GET":
        mark_read(notification=item.notification, by=request.viewer, now=now)
    return redirect(item.rendered.url)


@require_POST
def read(request: HttpRequest, notification_id: int) -> HttpResponse:
    """Tick one off, or with ``undo`` take that back. To htmx: the row as it stands now, and the counts."""
    now = timezone.now()
    item = _own(request, notification_id, now)
    if "undo" in request.POST:
        mark_unread(notification=item.notification, by=request.viewer)
    else:
        mark_read(notification=item.notification, by=request.viewer, now=now)
    if not request.htmx:
        return redirect("inbox")
    item = _own(request, notification_id, now)
    context = {"item": item, "count": unread_count(request.viewer)}
    return render(request, "notifications/_exchange.html", context)


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Tick off all that was on the list; ``undo`` carries the moment that is taken back."""
    undone = _moment(request.POST.get("undo"))
    if undone is not None:
        take_back_all_read(by=request.viewer, read_at=undone)
        return redirect("inbox")
    up_to = request.POST.get("up_to", "")
    now = timezone.now()
    if not up_to.isdecimal() or len(up_to) > 18:
        return redirect("inbox")
    if not mark_all_read(by=request.viewer, up_to=int(up_to), now=now):
        return redirect("inbox")
    response = redirect("inbox")
    response["Location"] += f"?read={now.astimezone(datetime.UTC):%Y-%m-%dT%H:%M:%S.%fZ}"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """What is sent besides the inbox, how soon, and where."""
    data = request.POST if request.method == "POST" else None
    paces = PacesForm(data, chosen=chosen_paces(request.viewer))
    wishes = DeliverySettingsForm(data, instance=delivery_settings(request.viewer))
    if data is not None and all([paces.is_valid(), wishes.is_valid()]):
        choose(by=request.viewer, paces=paces.paces, wishes=wishes.save(commit=False))
        messages.success(request, _("Saved."))
        return redirect("notification_preferences")
    context = {"paces": paces, "wishes": wishes, "email": request.user.email}
    status = 422 if paces.errors or wishes.errors else 200
    return render(request, "notifications/preferences.html", context, status=status)


def _own(request: HttpRequest, notification_id: int, now: datetime.datetime) -> Item:
    item = one_of(request.viewer, notification_id, at=now)
    if item is None:
        raise Http404("No such notification of this person.")
    return item


def _moment(text: str | None) -> datetime.datetime | None:
    try:
        moment = parse_datetime(text or "")
    except ValueError:
        return None
    return moment if moment is not None and timezone.is_aware(moment) else None
