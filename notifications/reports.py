"""What went out by which channel, and what did not: for administrators."""

from django.db.models import Case, When
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.reports import ReportView
from wagtail.admin.widgets.button import Button

from notifications.models import Delivery, DeliveryState

TROUBLE_FIRST = Case(
    When(state=DeliveryState.DEAD, then=0),
    When(state__in=[DeliveryState.WAITING, DeliveryState.TAKEN], then=1),
    default=2,
)


class DeliveryFilterSet(WagtailFilterSet):
    """By channel and by what came of it."""

    class Meta:
        model = Delivery
        fields = ["channel", "state"]


class DeliveriesReportView(ReportView):
    """The log of deliveries: those given up first, then what waits, then what is done, newest first."""

    model = Delivery
    page_title = _("Delivery of notifications")
    header_icon = "mail"
    any_permission_required = ["view"]
    index_url_name = "notifications_deliveries"
    index_results_url_name = "notifications_deliveries_results"
    filterset_class = DeliveryFilterSet
    columns = [
        Column("recipient", label=_("Recipient"), accessor="notification.recipient.full_name"),
        Column("kind", label=_("Kind"), accessor="notification.kind"),
        Column("channel", label=_("Channel"), accessor="get_channel_display"),
        Column("state", label=_("State"), accessor="get_state_display"),
        Column("attempts", label=_("Attempts"), accessor="attempts"),
        DateColumn("next_try_at", label=_("Next attempt")),
        DateColumn("sent_at", label=_("Sent")),
        Column("error", label=_("Last error"), accessor="error"),
    ]

    def get_queryset(self):
        """All of them, whoever was told and whatever came of it."""
        self.queryset = Delivery.objects.select_related("notification__recipient").order_by(
            TROUBLE_FIRST, "-next_try_at", "-pk"
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
