"""What is worth a look in a text, while it is written: the form as it stands, saved or not."""

from django.contrib.contenttypes.models import ContentType
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from wagtail.admin.views.pages.preview import PreviewOnCreateView, PreviewOnEditView

from kb.models import ArticlePage
from kb.selectors.hints import advice_on


class HintsView(PreviewOnEditView):
    """Of an article: what the preview would show is looked at. Nothing is stored."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """What is wrong in the form stays as it was saved: it has its own message once it is sent."""
        if not isinstance(self.object, ArticlePage):
            raise Http404
        self.validate_form(self.get_form(request.POST))
        advice = advice_on(self.object)
        return render(request, "kb/back_office/hints.html", {"advice": advice})


class NewHintsView(HintsView, PreviewOnCreateView):
    """Of an article that nobody has saved yet."""

    @property
    def content_type(self) -> ContentType:
        """Only articles get hints."""
        return ContentType.objects.get_for_model(ArticlePage)
