"""What notifications add to the admin: the log of deliveries."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem

from notifications.reports import DeliveriesReportView
from notifications.services.sending import send_again


def try_again(request: HttpRequest) -> HttpResponse:
    """Ask once, then give what was given up another series of attempts."""
    if not request.user.has_perm("notifications.view_delivery"):
        raise PermissionDenied
    if request.method == "POST":
        count = send_again(now=timezone.now())
        messages.success(request, _("Will be tried again: %(n)s") % {"n": count})
        return redirect("notifications_deliveries")
    context = {
        "header_title": _("Delivery of notifications"),
        "page_title": _("Delivery of notifications"),
        "header_icon": "mail",
        "words": _("Everything that was given up gets another series of attempts, the first now."),
        "submit": _("Try again"),
        "back": reverse("notifications_deliveries"),
    }
    return render(request, "notifications/admin/try_again.html", context)


@hooks.register("register_admin_urls")
def register_urls() -> list:
    """The report and its one act."""
    report = DeliveriesReportView
    return [
        path("reports/deliveries/", report.as_view(), name="notifications_deliveries"),
        path(
            "reports/deliveries/results/",
            report.as_view(results_only=True),
            name="notifications_deliveries_results",
        ),
        path("reports/deliveries/again/", try_again, name="notifications_send_again"),
    ]


class DeliveriesMenuItem(MenuItem):
    """Shown to whoever may see deliveries."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Administrators."""
        return request.user.has_perm("notifications.view_delivery")


@hooks.register("register_reports_menu_item")
def register_report() -> MenuItem:
    """The report in its menu."""
    address = reverse("notifications_deliveries")
    return DeliveriesMenuItem(
        _("Delivery of notifications"), address, name="deliveries", icon_name="mail", order=950
    )
