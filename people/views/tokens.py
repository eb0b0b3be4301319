"""One's own keys to the API."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.models import APIToken

from people.forms.tokens import TokenForm
from people.services import tokens


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest) -> HttpResponse:
    """My keys; a new one is shown this once."""
    form = TokenForm(request.POST or None)
    text, status = "", 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                _token, text = tokens.create(by=request.user, name=form.cleaned_data["name"])
            except tokens.TooManyTokens:
                form.add_error("name", _("That is enough keys. Revoke one first."))
            else:
                form, status = TokenForm(), 200
    now = timezone.now()
    rows = [(token, tokens.expires_at(token)) for token in tokens.in_use(request.user, now)]
    context = {"form": form, "rows": rows, "text": text}
    return render(request, "people/tokens.html", context, status=status)


@require_POST
def revoke(request: HttpRequest, token_id: int) -> HttpResponse:
    """Take one of my keys away."""
    token = get_object_or_404(APIToken, pk=token_id, user=request.user)
    tokens.revoke(token=token, now=timezone.now())
    messages.success(request, _("The key “%(name)s” is revoked.") % {"name": token.name})
    return redirect("api_tokens")
