"""All keys to the API, for administrators: whose, last used when, and taking one away."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.models import APIToken

from people.services import tokens


def _moment(field: str):
    def told(token: APIToken) -> str:
        at = getattr(token, field)
        return date_format(timezone.localtime(at), "j E Y, H:i") if at else ""

    return told


class TokenIndexView(generic.IndexView):
    """Keys that are in use; making one is its owner's business."""

    def get_base_queryset(self):
        """Those not revoked yet, with their owners."""
        return super().get_base_queryset().filter(revoked_at=None).select_related("user")


class TokenRevokeView(generic.DeleteView):
    """A key is revoked, and its row stays."""

    def get_queryset(self):
        """Those not revoked yet."""
        return super().get_queryset().filter(revoked_at=None)

    def get_page_subtitle(self):
        return str(self.object)

    @property
    def confirmation_message(self):
        """What will happen."""
        return _("Whatever uses this key stops working at once.")

    def form_valid(self, form):
        """Revoke instead of deleting."""
        tokens.revoke(token=self.object, now=timezone.now())
        words = _("The key “%(name)s” is revoked.") % {"name": self.object.name}
        messages.success(self.request, words)
        # An address, never a name to look up: "next" may hold anything that stays on this site.
        return HttpResponseRedirect(self.get_success_url())


class TokenViewSet(ModelViewSet):
    """Keys to the API."""

    model = APIToken
    name = "people_tokens"
    url_prefix = "people/keys"
    icon = "key"
    menu_label = gettext_lazy("Keys to the API")
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = False
    index_view_class = TokenIndexView
    delete_view_class = TokenRevokeView
    form_fields = ["name"]
    search_fields = ("name", "prefix")
    search_backend_name = None
    list_per_page = 50
    ordering = "-created"
    list_display = [
        TitleColumn("name", label=gettext_lazy("What it is for"), url_name="people_tokens:delete"),
        Column("user", label=gettext_lazy("Whose"), accessor="user.email"),
        Column("prefix", label=gettext_lazy("Begins with")),
        Column("created", label=gettext_lazy("Created"), accessor=_moment("created")),
        Column("last_used_at", label=gettext_lazy("Last used"), accessor=_moment("last_used_at")),
    ]
