"""What could not be sent, and what still waits: for administrators."""

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.reports import ReportView
from wagtail.admin.widgets.button import Button

from notifications.models import Delivery, DeliveryState


class DeliveriesReportView(ReportView):
    """Deliveries that have not arrived, those given up first."""

    model = Delivery
    page_title = _("Undelivered mail")
    header_icon = "mail"
    any_permission_required = ["view"]
    index_url_name = "notifications_deliveries"
    index_results_url_name = "notifications_deliveries_results"
    columns = [
        Column("recipient", label=_("Recipient"), accessor="notification.recipient.full_name"),
        Column("kind", label=_("Kind"), accessor="notification.kind"),
        Column("state", label=_("State"), accessor="get_state_display"),
        Column("attempts", label=_("Attempts"), accessor="attempts"),
        DateColumn("next_try_at", label=_("Next attempt")),
        Column("error", label=_("Last error"), accessor="error"),
    ]

    def get_queryset(self):
        """All that is neither sent nor dropped."""
        self.queryset = (
            Delivery.objects.exclude(state__in=[DeliveryState.SENT, DeliveryState.DROPPED])
            .select_related("notification__recipient")
            .order_by("state", "next_try_at", "pk")
        )
        return super().get_queryset()

    @cached_property
    def header_more_buttons(self):
        """With another series of attempts, if something was given up."""
        buttons = list(super().header_more_buttons)
        if Delivery.objects.filter(state=DeliveryState.DEAD).exists():
            address = reverse("notifications_send_again")
            buttons.append(Button(_("Try what was given up again"), url=address, icon_name="redo"))
        return buttons
