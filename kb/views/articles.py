"""What editors do to one article beside its text: its audience, its end."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from competence.selectors.holders import taught_by
from kb.addressees import price_of
from kb.forms.changes import TeachesForm
from kb.forms.pages import AudienceForm
from kb.models import ArticlePage
from kb.services.archiving import archive
from kb.services.audience import may_set_audience, set_audience
from kb.services.teaching import set_competences


@require_http_methods(["GET", "HEAD", "POST"])
def audience(request: HttpRequest, article_id: int) -> HttpResponse:
    """Who may read the article: shown and set here, since it belongs to no revision."""
    article = get_object_or_404(ArticlePage, pk=article_id)
    if not may_set_audience(article, request.user):
        raise PermissionDenied
    form = AudienceForm(request.POST or None, article=article)
    if request.method == "POST" and form.is_valid():
        changed = set_audience(
            article=article,
            audience=form.cleaned_data["audience"],
            teams=form.cleaned_data["teams"],
            by=request.user,
            now=timezone.now(),
        )
        if changed:
            words = _("“%(title)s” is now for: %(audience)s.") % {
                "title": article.title,
                "audience": article.get_audience_display(),
            }
            messages.success(request, words)
        return redirect("wagtailadmin_pages:edit", article.pk)
    return render(
        request,
        "kb/back_office/form.html",
        _screen(article, title=_("Audience"), icon="group", submit=_("Save"), form=form),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def teaches(request: HttpRequest, article_id: int) -> HttpResponse:
    """Which competences the article teaches: whoever edits it says so; it belongs to no revision."""
    article = get_object_or_404(ArticlePage, pk=article_id)
    if not article.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    taught = taught_by([article.uuid])[article.uuid]
    form = TeachesForm(
        request.POST if request.method == "POST" else None,
        initial={"competences": [one.pk for one in taught]},
    )
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["competences"]
        set_competences(article=article, competences=chosen, by=request.user, now=timezone.now())
        price = price_of([article], timezone.now())
        words = ngettext(
            "Saved. A change now concerns %(n)s person.",
            "Saved. A change now concerns %(n)s people.",
            price.told,
        )
        messages.success(request, words % {"n": price.told})
        return redirect("wagtailadmin_pages:edit", article.pk)
    return render(
        request,
        "kb/back_office/form.html",
        _screen(article, title=_("Competences"), icon="list-ul", submit=_("Save"), form=form),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def put_away(request: HttpRequest, article_id: int) -> HttpResponse:
    """Archive the article: what deleting would be, if records could be deleted."""
    article = get_object_or_404(ArticlePage, pk=article_id)
    permissions = article.permissions_for_user(request.user)
    if not (permissions.can_publish() and permissions.can_edit()):
        raise PermissionDenied
    if request.method == "POST":
        archive(article=article, by=request.user, now=timezone.now())
        messages.success(
            request,
            _("“%(title)s” is archived. Publishing it again brings it back.")
            % {"title": article.title},
        )
        return redirect("wagtailadmin_explore", article.get_parent().pk)
    return render(
        request,
        "kb/back_office/form.html",
        _screen(
            article,
            title=_("Archive"),
            icon="history",
            submit=_("Archive"),
            words=_("Readers no longer find the article. Its versions stay for the record."),
        ),
    )


def _screen(article: ArticlePage, *, title: str, icon: str, submit: str, **more) -> dict:
    return {
        "article": article,
        "header_title": f"{title}: {article.title}",
        "page_title": title,
        "page_subtitle": article.title,
        "header_icon": icon,
        "submit": submit,
        "back": reverse("wagtailadmin_pages:edit", args=[article.pk]),
        **more,
    }
