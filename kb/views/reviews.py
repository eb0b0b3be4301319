"""Whoever answers for articles: what they are to look at, and the one act of saying that an article is true."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kb.choices import HowVerified
from kb.forms.reviews import VerifyForm
from kb.models import ArticlePage, Verification
from kb.refusals import KnowledgeRefused
from kb.reviewers import may_verify
from kb.reviewing import PER_WEEK
from kb.selectors.reviews import reviews_of
from kb.services import verifying as services


@require_safe
def reviews(request: HttpRequest) -> HttpResponse:
    """What falls on this week and the next ones, and what the viewer has looked at lately."""
    now = timezone.now()
    context = {"reviews": reviews_of(request.viewer, now), "per_week": PER_WEEK}
    return render(request, "kb/reviews.html", context)


@require_POST
def take_back(request: HttpRequest, verification_id: int) -> HttpResponse:
    """Say that one has signed something by mistake."""
    now = timezone.now()
    own = Verification.objects.visible_to(request.viewer, now).signed()
    own = own.filter(actor=request.user.pk).exclude(how=HowVerified.APPROVED)
    verification = own.filter(pk=verification_id).first()
    if verification is None:
        raise Http404("No such signature, or not this viewer's.")
    services.take_back(verification=verification, viewer=request.viewer, now=now)
    messages.success(request, _("Taken back. The article waits for a look as it did before."))
    return redirect("reviews")


@require_POST
def verify(request: HttpRequest, article_uuid: uuid.UUID) -> HttpResponse:
    """Sign that an article is true; htmx gets what was signed in the place of the question."""
    now = timezone.now()
    article = (
        ArticlePage.objects.visible_to(request.viewer, now)
        .defer("body")
        .filter(uuid=article_uuid)
        .first()
    )
    if article is None or not may_verify(article, request.viewer):
        raise Http404("No such article, or not for this viewer to verify.")
    form = VerifyForm(request.POST)
    refusal = ""
    if form.is_valid():
        try:
            signed = services.verify(
                article=article, viewer=request.viewer, now=now, **form.cleaned_data
            )
        except KnowledgeRefused as refused:
            refusal = str(refused)
    else:
        refusal = _("Say how you have checked it.")
    if refusal:
        words = refusal
    else:
        article.verified_at = signed.recorded_at
        due = article.review_due_at.astimezone(request.viewer.tz)
        words = _("Verified: you %(how)s. Next review by %(day)s") % {
            "how": signed.get_how_display(),
            "day": date_format(due, "j E Y"),
        }
    if request.htmx:
        context = {
            "article": article,
            "words": words,
            "is_refused": bool(refusal),
            "verify_key": uuid.uuid4(),
        }
        return render(request, "kb/_verify.html", context, status=422 if refusal else 200)
    (messages.error if refusal else messages.success)(request, words)
    return redirect(article.url)
