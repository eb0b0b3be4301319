"""What holds for every snippet of the back office, whichever app it is of."""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.db.models import Model, ProtectedError
from django.db.models.deletion import Collector
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.snippets.bulk_actions.delete import DeleteBulkAction


@hooks.register("before_delete_snippet")
def keep_what_is_in_use(request: HttpRequest, instances: Sequence[Model]) -> HttpResponse | None:
    """What a plan, a signature, a confirmation or an attempt rests on stays, one by one or many at once."""
    instances = list(instances)
    collector = Collector(using="default")
    try:
        collector.collect(instances)
    except ProtectedError:
        messages.error(
            request,
            _("“%(name)s” is in use and stays.") % {"name": str(instances[0])}
            if len(instances) == 1
            else _("Some of these are in use. Nothing was deleted."),
        )
        return redirect(type(instances[0]).snippet_viewset.get_url_name("list"))
    return None


class DeleteManyAction(DeleteBulkAction):
    """In place of Wagtail's, which names what it will not delete to whoever asks: questions, unpublished lessons."""

    def dispatch(self, request: HttpRequest) -> HttpResponse:
        if not self.permission_policy.user_has_permission(request.user, "delete"):
            raise PermissionDenied
        return super().dispatch(request)


hooks.register("register_bulk_action", DeleteManyAction, order=1000)
