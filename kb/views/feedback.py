"""Readers say whether an article helped; whoever owns it answers; whoever asked reads the answer."""

import datetime
import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from kb.choices import Reason
from kb.forms.feedback import (
    AnswerFeedbackForm,
    FeedbackForm,
    MergeFeedbackForm,
    ReopenFeedbackForm,
)
from kb.models import ArticlePage, Feedback
from kb.notices.feedback import what_came_of_it
from kb.refusals import KnowledgeRefused
from kb.selectors.feedback import (
    ItemReading,
    has_queue,
    late_of_led,
    queue_of,
    read_item,
    said_by,
)
from kb.services import feedback as services
from people.accounts import address_of


@require_POST
def give(request: HttpRequest, article_uuid: uuid.UUID) -> HttpResponse:
    """What a reader says of an article; htmx gets the thanks in the place of the question."""
    now = timezone.now()
    article = (
        ArticlePage.objects.visible_to(request.viewer, now)
        .filter(uuid=article_uuid)
        .select_related("content_owner")
        .first()
    )
    if article is None:
        raise Http404("No such article, or not for this viewer.")
    form = FeedbackForm(request.POST)
    refusal, given = "", None
    if form.is_valid():
        try:
            given = services.give(
                article=article,
                key=form.cleaned_data["key"],
                reason=form.reason,
                words=form.cleaned_data["words"],
                number=form.cleaned_data["number"],
                viewer=request.viewer,
                address=address_of(request),
                now=now,
            )
        except KnowledgeRefused as refused:
            refusal = str(refused)
    else:
        refusal = _(
            "Your words did not arrive: choose an answer, and say it shorter if it is long."
        )
    words = refusal or _thanks(given, request)
    if request.htmx:
        context = {
            "words": words,
            "given": given,
            "article": article,
            "reasons": Reason.choices,
            "feedback_key": uuid.uuid4(),
            "typed": request.POST.get("words", ""),
        }
        return render(request, "kb/_feedback.html", context, status=422 if refusal else 200)
    (messages.error if refusal else messages.success)(request, words)
    return redirect(article.url)


def _thanks(given: Feedback, request: HttpRequest) -> str:
    """Who answers and until when; customers get no answer and are promised none."""
    task = given.task
    if task is None:
        return _("Thank you.")
    if not request.viewer.is_employee:
        return _("Thank you. We will look at it.")
    if task.owner is None or task.due_at is None:
        return _("Thank you. The editors will look at it.")
    due = task.due_at.astimezone(request.viewer.tz)
    today = timezone.now().astimezone(request.viewer.tz).date()
    moment = date_format(due, "H:i") if due.date() == today else date_format(due, "j E, H:i")
    return _("Thank you. %(name)s replies by %(moment)s") % {
        "name": task.owner.full_name,
        "moment": moment,
    }


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """What waits for the viewer's answer, article by article; below it what they said themselves."""
    now = timezone.now()
    show = request.GET.get("show", "")
    article_id = request.GET.get("article", "")
    is_id = article_id.isascii() and article_id.isdecimal() and len(article_id) <= 18
    found = queue_of(
        request.viewer,
        now,
        article_id=int(article_id) if is_id else None,
        mine=show == "mine",
        closed=show == "closed",
        page=request.GET.get("page", "1")[:9],
    )
    ways = {
        "": pgettext("feedback", "Open"),
        "mine": _("Mine"),
        "closed": pgettext("feedback", "Answered"),
    }
    if not request.viewer.edits_knowledge:
        del ways["mine"]
    context = {
        "queue": found,
        "page": found.page,
        "tabs": [
            {"words": words, "url": f"?show={way}" if way else "?", "current": way == show}
            for way, words in ways.items()
        ],
        "own": [(one, what_came_of_it(one.task)) for one in said_by(request.viewer, now)],
        "answers": has_queue(request.viewer, now),
        "led_late": late_of_led(request.viewer, now),
        "now": now,
        "show": show,
    }
    return render(request, "kb/feedback_queue.html", context)


@require_safe
def item(request: HttpRequest, feedback_id: int) -> HttpResponse:
    """What was said, and the answer."""
    return _page(request, _reading(request, feedback_id, timezone.now()))


@require_POST
def answer(request: HttpRequest, feedback_id: int) -> HttpResponse:
    """Answer all who said it."""
    now = timezone.now()
    reading = _reading(request, feedback_id, now, to_answer=True)
    form = AnswerFeedbackForm(request.POST, newer=reading.newer)
    if not form.is_valid():
        return _page(request, reading, answer_form=form)
    try:
        task = services.answer(
            task=reading.task, viewer=request.viewer, now=now, **form.cleaned_data
        )
    except KnowledgeRefused as refused:
        form.add_error(None, str(refused))
        return _page(request, reading, answer_form=form)
    messages.success(request, _("Answered. Whoever reported it is told."))
    return redirect("feedback_item", task.pk)


@require_POST
def take(request: HttpRequest, feedback_id: int) -> HttpResponse:
    """From now on the viewer answers."""
    now = timezone.now()
    reading = _reading(request, feedback_id, now, to_answer=True)
    services.take(task=reading.task, viewer=request.viewer, now=now)
    return redirect("feedback_item", feedback_id)


@require_POST
def merge(request: HttpRequest, feedback_id: int) -> HttpResponse:
    """It is the same as another one."""
    now = timezone.now()
    reading = _reading(request, feedback_id, now, to_answer=True)
    form = MergeFeedbackForm(request.POST, alike=reading.alike)
    if not form.is_valid():
        return _page(request, reading, merge_form=form)
    into = form.cleaned_data["into"]
    try:
        services.merge(task=reading.task, into=into, viewer=request.viewer, now=now)
    except KnowledgeRefused as refused:
        form.add_error(None, str(refused))
        return _page(request, reading, merge_form=form)
    messages.success(request, _("Joined: one answer for all who said it."))
    return redirect("feedback_item", into.pk)


@require_POST
def reopen(request: HttpRequest, feedback_id: int) -> HttpResponse:
    """The answer did not settle it."""
    now = timezone.now()
    reading = _reading(request, feedback_id, now)
    if not reading.is_mine:
        raise Http404("Not said by this viewer.")
    form = ReopenFeedbackForm(request.POST)
    if not form.is_valid():
        return _page(request, reading, reopen_form=form)
    try:
        task = services.reopen(
            task=reading.task, viewer=request.viewer, now=now, **form.cleaned_data
        )
    except KnowledgeRefused as refused:
        form.add_error(None, str(refused))
        return _page(request, reading, reopen_form=form)
    messages.success(request, _("Open again."))
    return redirect("feedback_item", task.pk)


def _reading(
    request: HttpRequest, feedback_id: int, now: datetime.datetime, *, to_answer: bool = False
) -> ItemReading:
    reading = read_item(request.viewer, feedback_id, now)
    if reading is None or (to_answer and not reading.may_answer):
        raise Http404("No such feedback, or not for this viewer.")
    return reading


def _page(request: HttpRequest, reading: ItemReading, **forms: Any) -> HttpResponse:
    wrong = bool(forms)
    if reading.may_answer and reading.task.is_open:
        forms.setdefault("answer_form", AnswerFeedbackForm(newer=reading.newer))
        if reading.alike:
            forms.setdefault("merge_form", MergeFeedbackForm(alike=reading.alike))
    if reading.is_mine and not reading.task.is_open and reading.task.merged_into_id is None:
        forms.setdefault("reopen_form", ReopenFeedbackForm(initial={"key": uuid.uuid4()}))
    context = {
        "reading": reading,
        "task": reading.task,
        "outcome": "" if reading.task.is_open else what_came_of_it(reading.task),
        "now": timezone.now(),
        **forms,
    }
    return render(request, "kb/feedback_item.html", context, status=422 if wrong else 200)
