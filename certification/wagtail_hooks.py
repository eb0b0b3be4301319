"""What certification adds to the admin: its menu and its report."""

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from certification.reports import ItemsReportView
from certification.viewsets.bank import CertificationGroup

register_snippet(CertificationGroup)


class ItemsMenuItem(MenuItem):
    """Shown to those who write questions."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether this person gets the report."""
        return request.user.has_perm("certification.view_itemstatistic")


@hooks.register("register_reports_menu_item")
def register_items_report() -> MenuItem:
    """Which questions are weak, in the menu of reports."""
    return ItemsMenuItem(
        gettext_lazy("Questions by their answers"),
        reverse("certification_items"),
        name="items",
        icon_name="help",
        order=130,
    )


@hooks.register("register_admin_urls")
def register_items_urls() -> list:
    """The report's addresses."""
    view = ItemsReportView
    return [
        path("reports/questions/", view.as_view(), name="certification_items"),
        path(
            "reports/questions/results/",
            view.as_view(results_only=True),
            name="certification_items_results",
        ),
    ]
