"""The admin as a way round the gate: people who enter it for other work find no trace of what is not for them."""

import datetime

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone
from wagtail.images.tests.utils import get_test_image_file

from kb.choices import Audience
from kb.models import ArticlePage, Document, Image, Tag
from kb.services.audience import set_audience

pytestmark = pytest.mark.django_db

CANARY = "kanareika"
# What is searched for finds the canary, and its echo on the page is not the canary.
SEARCHED = "kanarei"


@pytest.fixture
def secret(write_article, line_two, editor, now):
    """An article for line two, with the canary in its title, text, tag, file names, draft and schedule."""
    image = Image.objects.create(title=f"{CANARY} image", file=get_test_image_file())
    document = Document.objects.create(
        title=f"{CANARY} document", file=ContentFile(b"x", name=f"{CANARY}.txt")
    )
    article = write_article(
        f"{CANARY} title",
        publish=True,
        answer=f"{CANARY} answer",
        body=[
            {"type": "image", "value": {"image": image.pk, "caption": CANARY, "alt": ""}},
            {"type": "text", "value": f'<p><a linktype="document" id="{document.pk}">x</a></p>'},
        ],
    )
    set_audience(article=article, audience=Audience.TEAMS, teams=[line_two], by=None, now=now)
    draft = ArticlePage.objects.get(pk=article.pk)
    draft.answer = f"{CANARY} draft"
    draft.tags.add(f"{CANARY} tag")
    draft.go_live_at = timezone.now() + datetime.timedelta(days=1)
    draft.save_revision(user=editor.user, log_action=True).publish()
    return ArticlePage.objects.get(pk=article.pk)


def addresses(article: ArticlePage) -> list[str]:
    """Every GET address of the admin that can be built from what belongs to ``article``, and some with queries."""
    state = {
        "page_id": article.pk,
        "parent_page_id": article.get_parent().pk,
        "page_to_move_id": article.pk,
        "destination_id": article.get_parent().pk,
        "article_id": article.pk,
        "revision_id": article.latest_revision_id,
        "revision_id_a": "earliest",
        "revision_id_b": "latest",
        "image_id": Image.objects.get().pk,
        "document_id": Document.objects.get().pk,
        "tag_id": Tag.objects.get().pk,
        "content_type_app_name": "kb",
        "content_type_model_name": "articlepage",
        "app_label": "kb",
        "model_name": "articlepage",
        "app_name": "kb",
        "task_id": 1,
        "task_state_id": 1,
        "workflow_state_id": 1,
        "action_name": "approve",
        "filter_spec": "original",
    }
    found = set()
    for resolver, name, pattern in named_patterns():
        converters = pattern.pattern.converters or pattern.pattern.regex.groupindex
        arguments = {}
        for key in converters:
            if key == "pk":
                arguments[key] = primary_key_for(resolver, article)
            elif key in state:
                arguments[key] = state[key]
        if len(arguments) != len(converters):
            continue
        try:
            found.add(reverse(name, kwargs=arguments))
        except NoReverseMatch:
            continue
    queries = [
        f"?q={SEARCHED}",
        "?p=1",
        "?ordering=title",
        "?export=csv",
        f"?q={SEARCHED}&search_all=1",
    ]
    lists = [address for address in found if not any(part.isdigit() for part in address.split("/"))]
    return sorted(found) + [address + query for address in sorted(lists) for query in queries]


def primary_key_for(namespace: str, article: ArticlePage) -> int:
    if "image" in namespace:
        return Image.objects.get().pk
    if "doc" in namespace:
        return Document.objects.get().pk
    if "tags" in namespace:
        return Tag.objects.get().pk
    return article.pk


def named_patterns():
    """Namespace, full name and pattern of every URL under /admin/."""
    admin = next(
        entry
        for entry in get_resolver().url_patterns
        if isinstance(entry, URLResolver) and str(entry.pattern) == "admin/"
    )
    stack: list[tuple[tuple[str, ...], URLResolver | URLPattern]] = [((), admin)]
    while stack:
        namespaces, entry = stack.pop()
        if isinstance(entry, URLResolver):
            inner = (*namespaces, entry.namespace) if entry.namespace else namespaces
            stack += [(inner, child) for child in entry.url_patterns]
        elif entry.name:
            namespace = ":".join(namespaces)
            yield namespace, f"{namespace}:{entry.name}" if namespace else entry.name, entry


def told_by(response) -> str:
    """The body of a response, streamed or not. Files are closed, the connection of the test stays open."""
    body = b"".join(response) if response.streaming else response.content
    for close in response._resource_closers:
        close()
    return body.decode(errors="replace")


@pytest.mark.parametrize("who", ["sergey", "hr", "ilya", "anna", "auditor"])
def test_no_screen_of_the_admin_tells_others_of_an_article_that_is_not_for_them(
    secret, request, who
):
    client = Client(raise_request_exception=False)
    client.force_login(request.getfixturevalue(who).user)
    asked = addresses(secret)
    assert len(asked) > 150

    leaks = []
    for address in asked:
        response = client.get(address)
        if CANARY in told_by(response) or CANARY in str(response.headers):
            leaks.append((response.status_code, address))
        assert response.status_code != 500, address

    assert not leaks


# Wagtail leaves the temporary file of a new thumbnail to the collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_an_editor_finds_it_so_that_the_hunt_can_fail(secret, editor):
    client = Client()
    client.force_login(editor.user)
    told = [
        address
        for address in addresses(secret)
        if "/pages/" in address and CANARY in told_by(client.get(address))
    ]

    assert len(told) > 10
