"""What holds for every snippet of the back office, whichever app it is of."""

from collections.abc import Sequence

from django.db.models import Model, ProtectedError
from django.db.models.deletion import Collector
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages


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
