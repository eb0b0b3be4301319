"""Articles on paper: the file, and the page that says whether a copy still holds."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from common.tallies import Tally
from kb.printing.articles import article_pdf
from kb.selectors.copies import copy_of, standing_of
from people.accounts import address_of

# Customers print without an account, and a PDF costs time: so many from one address in ten minutes.
MOST_COPIES = 30
PRINTED = Tally("kb.copies", 600)


@require_safe
def pdf(request: HttpRequest, article_uuid: uuid.UUID) -> HttpResponse:
    """The version in force as whoever asks may read it, in the language of its text."""
    now = timezone.now()
    copy = copy_of(article_uuid, request.viewer, now)
    if copy is None:
        raise Http404("No such article, or not for this viewer.")
    if not request.viewer.is_employee and PRINTED.count(address_of(request)) > MOST_COPIES:
        words = _("Too many copies at once. Try again in ten minutes.")
        return HttpResponse(words, status=429, content_type="text/plain; charset=utf-8")
    article = copy.article
    live = reverse("copy_check", args=[article.uuid, article.version])
    with override(article.language):
        content = article_pdf(
            copy,
            address=request.build_absolute_uri(live),
            at=now,
            by=request.viewer.name if request.viewer.is_employee else "",
        )
    response = HttpResponse(content, content_type="application/pdf")
    name = f"{article.slug}-v{article.version}.pdf"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def check(request: HttpRequest, article_uuid: uuid.UUID, version_number: int) -> HttpResponse:
    """Whether a copy of this version still holds; of what one may not read no more than that it is not for one."""
    standing = standing_of(article_uuid, version_number, request.viewer, timezone.now())
    context = {"standing": standing}
    response = render(request, "kb/copy_check.html", context, status=200 if standing else 404)
    response["X-Robots-Tag"] = "noindex"
    return response
