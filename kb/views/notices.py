"""Changes as people meet them: what concerns me, one change with its questions, who has confirmed, taking it back."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kb.catching_up import catch_up_of
from kb.chains import chain_of, leading_cell
from kb.forms.changes import AnswerForm, WithdrawChangeForm
from kb.models import ChangeNotice
from kb.notices.changes import why_me
from kb.refusals import KnowledgeRefused
from kb.selectors.duties import Turns, in_turn, news_for, outstanding_for
from kb.selectors.notices import NoticeReading, read_notice
from kb.selectors.progress import MOST_CONFIRM_PERCENT, may_follow, progress_of, share_to_confirm
from kb.services.changes import may_withdraw
from kb.services.confirming import answer, state
from kb.services.packages import withdraw_together
from people.models import Employee


@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """What was missed on leave, what the reader must still confirm, then what changed lately in what they know."""
    now = timezone.now()
    employee = Employee.objects.filter(pk=request.viewer.employee_id).first()
    duties = outstanding_for(employee, now) if employee else []
    turns = in_turn(duties, employee, now) if employee else Turns([], [])
    catch_up = catch_up_of(employee, request.viewer, now) if employee else None
    missed = catch_up.groups if catch_up else set()
    waiting = {duty.notice.group for duty in duties} | missed
    news = [one for one in news_for(request.viewer, now) if one.group not in waiting]
    context = {
        "catch_up": catch_up,
        "duties": [duty for duty in turns.come if duty.notice.group not in missed],
        "held": turns.held,
        "news": news,
        "today": now.astimezone(request.viewer.tz).date(),
        "follows": bool(request.viewer.led_team_ids) or request.viewer.sees_everything,
    }
    return render(request, "kb/notices.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def notice(request: HttpRequest, notice_id: int) -> HttpResponse:
    """One change: was, now, say; the text with what changed; the questions; and in the end that it is done."""
    now = timezone.now()
    reading = read_notice(request.viewer, notice_id, now)
    if reading is None:
        raise Http404
    wrong, refusal = False, ""
    if request.method == "POST" and reading.must_answer:
        form = AnswerForm(request.POST)
        try:
            wrong = not _apply(request, reading, form)
        except KnowledgeRefused as refused:
            refusal = str(refused)
        if not wrong and not refusal:
            return redirect("notice", notice_id)
    elif request.method == "POST":
        # A second click, another tab: the first result stands.
        return redirect("notice", notice_id)
    context = _page(request, reading)
    context |= {"wrong": wrong, "refusal": refusal, "given": request.POST.getlist("answer")}
    template = "kb/notice_done.html" if reading.acknowledgement else "kb/notice.html"
    return render(request, template, context, status=422 if wrong or refusal else 200)


def _apply(request: HttpRequest, reading: NoticeReading, form: AnswerForm) -> bool:
    """Record what was sent; whether it was right. Raises KnowledgeRefused."""
    if not form.is_valid():
        raise KnowledgeRefused(_("Choose an answer."))
    employee = Employee.objects.select_related("user").get(pk=request.viewer.employee_id)
    act = {
        "notice": reading.notice,
        "employee": employee,
        "key": form.cleaned_data["key"],
        "by": request.user,
        "now": timezone.now(),
    }
    if not form.cleaned_data["ref"]:
        state(**act)
        return True
    given = [one for one in request.POST.getlist("answer") if one.strip()]
    if not given:
        raise KnowledgeRefused(_("Choose an answer."))
    return answer(ref=form.cleaned_data["ref"], given=given[:20], **act).right


def _page(request: HttpRequest, reading: NoticeReading) -> dict:
    now = timezone.now()
    context = {
        "reading": reading,
        "notice": reading.notice,
        "key": uuid.uuid4(),
        "may_withdraw": may_withdraw(reading.notice, request.viewer)
        and may_follow(request.viewer, reading.notice, now),
        "may_follow": may_follow(request.viewer, reading.notice, now),
        "changed": sum(
            shown.is_changed
            for text in ([one.text for one in reading.parts] or [reading.text])
            for shown in text
        ),
    }
    if reading.addressee is not None:
        article_url = reading.article.url if reading.article else ""
        context |= {
            "why": why_me(reading.addressee),
            "cell": leading_cell(reading.addressee),
            "nodes": chain_of(
                reading.notice,
                reading.addressee,
                reading.asked,
                article_url=article_url,
                now_answering=reading.must_answer,
            ),
        }
    return context


@require_safe
def progress(request: HttpRequest) -> HttpResponse:
    """One line for each change: how far one's people are."""
    now = timezone.now()
    share = share_to_confirm(now)
    context = {
        "lines": progress_of(request.viewer, now),
        "too_many": share.words() if share.percent > MOST_CONFIRM_PERCENT else "",
    }
    return render(request, "kb/notices_people.html", context)


@require_safe
def people(request: HttpRequest, notice_id: int) -> HttpResponse:
    """Who has confirmed one change, who has not, and why."""
    now = timezone.now()
    reading = read_notice(request.viewer, notice_id, now)
    if reading is None or not may_follow(request.viewer, reading.notice, now):
        raise Http404
    found = progress_of(request.viewer, now, notices=[reading.notice])
    context = {
        "notice": reading.notice,
        "progress": found[0] if found else None,
        "today": now.astimezone(request.viewer.tz).date(),
        "may_withdraw": may_withdraw(reading.notice, request.viewer),
    }
    return render(request, "kb/notice_people.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, notice_id: int) -> HttpResponse:
    """The change was wrongly called material: with a reason, cells return and messages go."""
    now = timezone.now()
    found: ChangeNotice | None = None
    reading = read_notice(request.viewer, notice_id, now)
    if reading is not None and may_follow(request.viewer, reading.notice, now):
        found = reading.notice
    if found is None or not may_withdraw(found, request.viewer):
        raise Http404
    form = WithdrawChangeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        withdraw_together(
            notice=found, reason=form.cleaned_data["reason"], by=request.user, now=now
        )
        messages.success(
            request, _("Withdrawn. Nobody has to confirm it; what was confirmed is kept.")
        )
        return redirect("notices_people")
    context = {"notice": found, "form": form}
    return render(request, "kb/notice_withdraw.html", context, status=422 if form.errors else 200)
