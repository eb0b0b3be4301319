"""Certificates: one's own, those that were issued, the file, and the page where anybody checks a number."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from certification.forms.certificates import RevokeForm
from certification.models import Certificate
from certification.permissions import may_revoke
from certification.printing.certificates import certificate_pdf
from certification.rules.certificates import read_number
from certification.selectors.certificates import (
    Reading,
    certificate_numbered,
    issued,
    own_certificates,
    read,
)
from certification.services.certificates import revoke, show_name
from common.tallies import Tally
from people.accounts import address_of
from people.refusals import Refusal

# Who asks for numbers that are none is guessing: after so many in ten minutes nothing is answered.
MOST_MISSES = 20
MISSED = Tally("certification.guesses", 600)

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """One's own certificates."""
    context = {"readings": own_certificates(request.viewer, timezone.now())}
    return render(request, "certification/certificates.html", context)


@require_safe
def all_issued(request: HttpRequest) -> HttpResponse:
    """The certificates of the records one may read, to be searched and revoked."""
    words = request.GET.get("q", "")[:100]
    page, readings = issued(request.viewer, words, request.GET.get("page"), timezone.now())
    context = {
        "page": page,
        "readings": readings,
        "words": words,
        "may_revoke": may_revoke(request.viewer),
    }
    return render(request, "certification/certificates_issued.html", context)


@require_safe
def pdf(request: HttpRequest, certificate_number: str) -> HttpResponse:
    """The file, for its holder and for who may read their record; none of a revoked one."""
    reading = _readable(request, certificate_number)
    if reading.is_revoked:
        return redirect("certificate_check", reading.certificate.number)
    number = reading.certificate.number
    address = request.build_absolute_uri(reverse("certificate_check", args=[number]))
    response = HttpResponse(certificate_pdf(reading, address), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="certificate-{number}.pdf"'
    return response


@require_POST
def consent(request: HttpRequest, certificate_number: str) -> HttpResponse:
    """The holder agrees that the public page names them, or no longer does."""
    reading = _readable(request, certificate_number)
    if reading.certificate.employee_id != request.viewer.employee_id:
        raise Http404
    show_name(certificate=reading.certificate, shown=request.POST.get("shown") == "yes")
    return redirect(reverse("certificates") + f"#{reading.certificate.number}")


@get_or_post
def take_back(request: HttpRequest, certificate_number: str) -> HttpResponse:
    """A certificate is revoked for a reason."""
    reading = _readable(request, certificate_number)
    form = RevokeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            revoke(
                certificate=reading.certificate,
                by=request.user,
                now=timezone.now(),
                **form.cleaned_data,
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("certificates_issued")
    context = {"reading": reading, "form": form}
    status = 422 if form.errors else 200
    return render(request, "certification/certificate_revoke.html", context, status=status)


@require_safe
def check_form(request: HttpRequest) -> HttpResponse:
    """A field for a number; a number in the address leads to its page."""
    typed = request.GET.get("number", "")
    number = read_number(typed[:40])
    if number:
        return redirect("certificate_check", number)
    refusal = _("A number has twelve letters and digits.") if typed else ""
    return _checked(request, None, typed[:40], refusal, 200)


@require_safe
def check(request: HttpRequest, certificate_number: str) -> HttpResponse:
    """What the certificate of this number is worth today: no more of its holder than they agreed to."""
    if MISSED.so_far(address_of(request)) >= MOST_MISSES:
        refusal = _("Too many numbers that are none. Try again in ten minutes.")
        return _checked(request, None, "", refusal, 429)
    number = read_number(certificate_number[:40])
    reading = certificate_numbered(number, timezone.now())
    if reading is None:
        MISSED.count(address_of(request))
        refusal = _("There is no certificate of this number.")
        return _checked(request, None, certificate_number[:40], refusal, 404)
    if reading.certificate.number != certificate_number:
        return redirect("certificate_check", reading.certificate.number)
    return _checked(request, reading, reading.certificate.number, "", 200)


def _checked(
    request: HttpRequest, reading: Reading | None, typed: str, refusal: str, status: int
) -> HttpResponse:
    context = {"reading": reading, "typed": typed, "refusal": refusal}
    response = render(request, "certification/certificate_check.html", context, status=status)
    response["X-Robots-Tag"] = "noindex"
    return response


def _readable(request: HttpRequest, number: str) -> Reading:
    """The one of this number among those of records that may be read."""
    now = timezone.now()
    rows = Certificate.objects.visible_to(request.viewer, now).filter(number=number[:40])
    found = read(list(rows.select_related("employee", "submission")), now)
    if not found:
        raise Http404
    return found[0]
