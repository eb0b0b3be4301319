"""What the screens of this back office share: services write, refusals show, and records stay."""

from wagtail.admin.viewsets.model import ModelViewSet

from people.refusals import Refusal


class RefusingMixin:
    """Hands the form the person who works with it, lets it write, and shows what a service refuses."""

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"by": self.request.user}

    def save_instance(self):
        return self.form.apply()

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            self.produced_error_message = str(refusal)
            return self.form_invalid(form)


class KeptViewSet(ModelViewSet):
    """Rows that records point at: nobody deletes or copies them here."""

    copy_view_enabled = False
    add_to_reference_index = False
    search_backend_name = None
    list_per_page = 50
    kept_urls = frozenset({"index", "index_results", "add", "edit", "history", "history_results"})

    def get_common_view_kwargs(self, **kwargs):
        return super().get_common_view_kwargs(**kwargs) | {
            "delete_url_name": None,
            "usage_url_name": None,
        }

    def get_urlpatterns(self):
        return [pattern for pattern in super().get_urlpatterns() if pattern.name in self.kept_urls]
