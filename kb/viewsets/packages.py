"""Change packages in the back office."""

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from kb.forms.changes import PackageForm
from kb.models import ChangePackage


def _moment(field: str):
    def told(package: ChangePackage) -> str:
        at = getattr(package, field)
        return date_format(timezone.localtime(at), "j E Y, H:i") if at else ""

    return told


class PackageIndexView(generic.IndexView):
    """Packages, the newest first."""

    add_item_label = _("New package")


class SaysWho:
    """The form knows who writes."""

    def get_form_kwargs(self):
        """With the person."""
        return {**super().get_form_kwargs(), "for_user": self.request.user}


class PackageCreateView(SaysWho, generic.CreateView):
    """A new package."""


class OnlyDrafts:
    """Once one of its versions is approved, a package stays as it was approved."""

    def get_object(self, *args, **kwargs):
        """Raises PermissionDenied for a package that is being published."""
        package = super().get_object(*args, **kwargs)
        if package.notices.exists():
            raise PermissionDenied
        return package


class PackageEditView(OnlyDrafts, SaysWho, generic.EditView):
    """Its words and its moment."""


class PackageDeleteView(OnlyDrafts, generic.DeleteView):
    """It goes, and its articles are drafts without a word again."""


class ChangePackageViewSet(ModelViewSet):
    """Changes of the product that touch several articles."""

    model = ChangePackage
    name = "change_packages"
    url_prefix = "packages"
    icon = "list-ul"
    menu_label = _("Change packages")
    menu_order = 205
    add_to_admin_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    search_fields = ("title", "now")
    search_backend_name = None
    list_per_page = 50
    ordering = "-written_at"
    index_view_class = PackageIndexView
    add_view_class = PackageCreateView
    edit_view_class = PackageEditView
    delete_view_class = PackageDeleteView
    list_display = [
        "title",
        Column("size", label=_("How much"), accessor="get_size_display"),
        Column("effective_at", label=_("In force from"), accessor=_moment("effective_at")),
        Column("announced_at", label=_("Announced"), accessor=_moment("announced_at")),
    ]

    def get_form_class(self, for_update=False):
        return PackageForm
