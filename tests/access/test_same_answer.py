"""To a customer what is forbidden and what does not exist are the same, by every door and to the letter."""

import re
import uuid
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse

from tests.access.replies import body_of

pytestmark = pytest.mark.django_db

HTMX = {"HTTP_HX_REQUEST": "true"}
API = {"HTTP_ACCEPT": "application/json"}
# What differs between any two requests: the tokens of forms and of the log, times of day, and how long it took.
OF_THE_REQUEST = re.compile(
    rb'csrfmiddlewaretoken" value="[^"]+"|search-token="[^"]+"|\d+ (?:ms|\xd0\xbc\xd1\x81)\b|\d?\d:\d\d'
)
OF_THE_REPLY = {"X-Request-ID", "Content-Length", "Server-Timing"}
NOBODY = "there-is-nothing-here"
# As long as a canary and like one, and nowhere.
NO_WORD = "zqbcdfghjklm"


def told(address: str, word: str, *, method: str = "get", client: Client | None = None, **headers):
    """Status, headers and body for a customer, without ``word`` and what differs anyway."""
    response = getattr(client or Client(), method)(address, **headers)
    kept = {name: value for name, value in response.items() if name not in OF_THE_REPLY}
    text = f"{response.status_code} {kept}\n".encode() + OF_THE_REQUEST.sub(b"", body_of(response))
    for form in {word, word.capitalize(), quote(word), quote(word, safe="")}:
        # Not the beginning of a longer number: "tag=1" is no part of "tag=10".
        text = re.sub(re.escape(form.encode()) + rb"(?![0-9])", b"*", text)
    return text.decode()


def forbidden_pages(scene) -> dict[str, str]:
    """The last part of the address of every page that customers may not see, with the whole address."""
    public = {scene.articles["public"].pk, scene.sections["common"].pk, scene.sections["root"].pk}
    pages = [page for page in scene.pages if page.pk not in public]
    found = {page.slug: f"/kb/{page.url_path.removeprefix('/kb/')}" for page in pages}
    for path in scene.old_paths:
        found[path.strip("/").rpartition("/")[2]] = f"/kb/{path}"
    return found


@pytest.mark.parametrize("headers", [{}, HTMX, API], ids=["page", "htmx", "json"])
@pytest.mark.parametrize("method", ["get", "head", "post"])
def test_a_page_that_is_forbidden_answers_like_one_that_is_missing(scene, method, headers):
    asked = forbidden_pages(scene)
    assert len(asked) > 15
    for slug, address in asked.items():
        missing = address.replace(slug, NOBODY)
        options = {"method": method, **headers}

        assert told(address, slug, **options) == told(missing, NOBODY, **options), address


def test_a_redirect_to_a_forbidden_page_answers_like_none(scene):
    for path in scene.old_paths:
        answer = told(f"/kb/{path}", path)

        assert answer.startswith("404")
        assert "Location" not in answer
        assert answer == told(f"/kb/{NOBODY}/", f"{NOBODY}/")


def test_htmx_and_api_are_told_alike_to_sign_in(scene):
    for slug, address in forbidden_pages(scene).items():
        assert told(address, slug, **HTMX).startswith("401")
        assert told(address.replace(slug, NOBODY), NOBODY, **HTMX).startswith("401")


def test_a_picture_that_is_forbidden_answers_like_one_that_is_missing(scene):
    missing = reverse("image", args=[(nobody := uuid.uuid4()), 1])
    for key, image in scene.files.images.items():
        if key == "public":
            continue
        for rendition in image.renditions.all():
            address = reverse("image", args=[image.uuid, rendition.pk])
            assert told(address, f"{image.uuid}/{rendition.pk}") == told(missing, f"{nobody}/1")


def test_a_document_that_is_forbidden_answers_like_one_that_is_missing(scene):
    missing = reverse("document", args=[(nobody := uuid.uuid4()), "x.txt"])
    for key, document in scene.files.documents.items():
        if key == "public":
            continue
        address = reverse("document", args=[document.uuid, document.filename])
        word = f"{document.uuid}/{document.filename}"
        assert told(address, word) == told(missing, f"{nobody}/x.txt")


@pytest.mark.parametrize("target", [None, "search-panel", "search-results"])
def test_searching_for_a_forbidden_word_answers_like_searching_for_none(scene, target):
    headers = {**HTMX, "HTTP_HX_TARGET": target} if target else {}
    missing = told(f"/search/?q={NO_WORD}", NO_WORD, **headers)
    for where, canary in scene.canaries.by_where.items():
        word = canary.forms[0]
        if "anonymous" in canary.allowed or not word.isalpha():
            continue
        if where == "pin.questions":
            continue  # it leads to an article that is for everybody
        assert told(f"/search/?q={word}", word, **headers) == missing, where


def test_the_sections_and_tags_of_forbidden_articles_narrow_a_search_like_none(scene):
    word = scene.canaries.word("public.title")
    missing = told(f"/search/?q={word}&section=999999", "section=999999")
    for name in ("inner", "team", "drafts", "empty"):
        narrowed = f"section={scene.sections[name].pk}"
        assert told(f"/search/?q={word}&{narrowed}", narrowed) == missing
    missing = told(f"/search/?q={word}&tag=999999", "tag=999999")
    for tag in scene.tags:
        if tag.name != scene.canaries.word("public.tag"):
            narrowed = f"tag={tag.pk}"
            assert told(f"/search/?q={word}&{narrowed}", narrowed) == missing


def test_screens_of_others_answer_a_customer_like_screens_that_are_missing(scene):
    for name in ("profile", "matrix", "own_record", "inbox"):
        address = reverse(name)

        assert told(address, address) == told(f"/{NOBODY}/", f"/{NOBODY}/"), name


def test_a_foreign_notification_answers_like_a_missing_one(scene):
    operator = scene.people.cast["operator"]
    foreign = [note for note in scene.notifications if note.recipient_id != operator.pk]
    assert foreign
    client = scene.clients["operator"]
    missing = reverse("notification_open", args=[999_999])
    for note in foreign:
        address = reverse("notification_open", args=[note.pk])

        assert told(address, address, client=client) == told(missing, missing, client=client)
