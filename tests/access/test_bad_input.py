"""Whatever is typed, pasted or forged: an answer in words, never a fault, never somebody else's page."""

from urllib.parse import quote, urlsplit

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse

from tests.access.parameters import Parameters
from tests.access.replies import body_of
from tests.access.urlconf import Door, doors

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

# As they stand in an address.
JUNK = {
    "long": "a" * 10_000,
    "long words": "+".join(["слово"] * 1_500),
    "nul": "%00",
    "nul inside": "a%00b",
    "lone surrogate": "%ED%A0%80",
    "broken utf-8": "%FF%FE%C3",
    "negative": "-1",
    "zero": "0",
    "huge": "9" * 40,
    "larger than a column": str(2**63),
    "page of a million": "1000000000",
    "not a number": "NaN",
    "digits of others": quote("١٢٣"),
    "right to left": quote("\u202eעברית\u200f"),
    "emoji": quote("🏳️‍🌈👩‍👩‍👧"),
    "quotes": quote("'\"`;--"),
    "markup": quote('"><script>alert(1)</script>'),
    "template": quote("{{ 7|add:7 }}{% debug %}${7*7}"),
    "pattern": quote("(a+)+$[[*?\\%_"),
    "query language": quote('title:* AND NOT (a OR "b'),
    "path": quote("../../../etc/passwd"),
    "newlines": "%0D%0ASet-Cookie:%20a=b",
    "date": "2026-02-30",
    "day of no calendar": "0000-00-00",
    "empty": "",
}
# Everything that some view of ours looks up in an address.
NAMES = [
    "q",
    "p",
    "page",
    "section",
    "tag",
    "language",
    "kind",
    "audience",
    "literal",
    "all",
    "next",
    "export",
    "format",
    "ordering",
    "person",
    "competence",
    "on",
    "team",
    "position",
    "area",
    "state",
    "show",
    "c",
    "read",
    "id",
    "ids",
    "step",
    "at",
    "from",
    "to",
    "status",
    "mentor",
]
ELSEWHERE = [
    "//elsewhere.test/",
    "https://elsewhere.test/",
    "http:///elsewhere.test",
    "/\\elsewhere.test",
    "\\\\elsewhere.test",
    "javascript:alert(1)",
    "data:text/html,x",
    " https://elsewhere.test",
    "\x01https://elsewhere.test",
    "https:elsewhere.test",
    "/\n/elsewhere.test",
]
SCRIPT = b"<script>alert("
MORE_QUERIES = 6
# The beacon of the search log carries a signed token of its own; the API knows keys and no session, and only reads.
WITHOUT_A_FORM = {
    "search_log": 204,
    "api:search": 405,
    "api:suggest": 405,
    "api:article": 405,
}


def ours() -> list[Door]:
    """The URLs whose views we wrote."""
    libraries = ("wagtail", "account_", "django.")
    return [door for door in doors() if door.named and not door.view_name.startswith(libraries)]


OURS = ours()
NAMES_OF_OURS = sorted({door.view_name for door in OURS})


@pytest.fixture
def administrator(scene) -> Client:
    """Somebody who gets into every view of ours but those for others' own things."""
    scene.people.cast["administrator"].user.__class__.objects.filter(
        pk=scene.people.cast["administrator"].user_id
    ).update(is_superuser=True)
    return scene.clients["administrator"]


@pytest.fixture
def ask():
    """Ask, undo what it did, and hand back the response with its body read and its number of queries."""

    def _ask(client: Client, method: str, address: str, data=None, **headers):
        kept = client.cookies.copy()
        with transaction.atomic(), CaptureQueriesContext(connection) as queries:
            response = getattr(client, method)(address, data, **headers)
            response.told = body_of(response)
            transaction.set_rollback(True)
        client.cookies = kept
        response.queries_taken = len(queries)
        assert response.status_code < 500, address[:200]
        assert SCRIPT not in response.told, address[:200]
        return response

    return _ask


@pytest.mark.parametrize("view_name", NAMES_OF_OURS)
def test_junk_in_an_address_is_answered(scene, administrator, ask, view_name):
    door = next(door for door in OURS if door.view_name == view_name)
    address = Parameters(scene, few=True).addresses(door)[0]
    # A question makes search load what editors say of words, so the usual is the dearer of the two.
    plain, asked = (ask(administrator, "get", f"{address}{more}") for more in ("", "?q=a"))
    usual = max(plain.queries_taken, asked.queries_taken)
    for words, junk in JUNK.items():
        query = "&".join(f"{name}={junk}" for name in NAMES)
        response = ask(administrator, "get", f"{address}?{query}")

        assert response.queries_taken <= usual + MORE_QUERIES, words
        assert response.get("Set-Cookie") != "a=b"


@pytest.mark.parametrize(
    ("view_name", "names"),
    [
        ("search", "q section tag language kind audience literal all"),
        ("wagtail_serve", "page"),
        ("matrix", "team position area state show on"),
        ("matrix_cell", "person competence on"),
        ("own_record", "c"),
        ("inbox", "page read"),
    ],
)
def test_junk_in_one_parameter_is_answered(scene, administrator, ask, view_name, names):
    address = "/kb/" if view_name == "wagtail_serve" else reverse(view_name)
    cell = {"person": scene.people.cast["newcomer"].pk, "competence": 1, "q": "звонок"}
    for name in names.split():
        others = "".join(f"&{key}={value}" for key, value in cell.items() if key != name)
        for junk in JUNK.values():
            ask(administrator, "get", f"{address}?{name}={junk}{others}")
            if view_name in ("search", "wagtail_serve"):
                ask(Client(), "get", f"{address}?{name}={junk}{others}")


def test_the_search_is_answered_for_htmx_too(scene, ask):
    for junk in JUNK.values():
        for target in ("search-panel", "search-results", "x" * 1000):
            ask(
                Client(), "get", f"/search/?q={junk}", HTTP_HX_REQUEST="true", HTTP_HX_TARGET=target
            )


def test_numbers_that_no_row_has_are_missing_pages(scene, administrator, ask):
    for door in OURS:
        if not door.parameters or door.view_name in ("wagtail_serve", "image", "document"):
            continue
        for number in (0, 2**31, 2**63, 10**30):
            try:
                address = door.address(**dict.fromkeys(door.parameters, number))
            except NoReverseMatch:
                continue  # an id that is no number
            for method in ("get", "post"):
                response = ask(administrator, method, address)
                assert response.status_code in (302, 404, 405), address


@pytest.mark.parametrize("junk", JUNK.values(), ids=JUNK)
def test_addresses_of_nothing_are_missing_pages(scene, administrator, ask, junk):
    picture, document = (
        next(iter(found.values())) for found in (scene.files.images, scene.files.documents)
    )
    addresses = [
        f"/kb/{junk}/",
        f"/kb/{junk}",
        f"/{junk}x/",
        f"/files/images/{picture.uuid}/{junk}x/",
        f"/files/images/{junk}/1/",
        f"/files/documents/{document.uuid}x/{junk}x",
        f"/record/{junk}x/",
    ]
    for address in addresses:
        for client in (administrator, Client()):
            assert ask(client, "get", address).status_code in (200, 301, 302, 404), address[:80]


def test_the_name_in_the_address_of_a_document_opens_no_other_file(scene, administrator, ask):
    document = scene.files.documents["public"]
    for junk in ("..%2F..%2Fsecret_key", "x.txt", "%00", "a%0D%0Ab"):
        response = ask(administrator, "get", f"/files/documents/{document.uuid}/{junk}")

        assert response.status_code in (200, 404)
        if response.status_code == 200:
            assert response.told.decode() == scene.canaries.word("public.document_text")


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_ACCEPT_LANGUAGE": "xx-" + "y" * 600 + ";q=NaN,,;"},
        {"HTTP_ACCEPT": "\x7f/*;q=9"},
        {"HTTP_X_REQUEST_ID": "a\r\nb"},
        {"HTTP_REFERER": "javascript:alert(1)"},
        {"HTTP_USER_AGENT": "x" * 20_000},
        {"HTTP_IF_MODIFIED_SINCE": "never", "HTTP_IF_NONE_MATCH": '"'},
        {"HTTP_RANGE": "bytes=9-1,-,x"},
        {"HTTP_X_FORWARDED_FOR": "', (", "REMOTE_ADDR": ""},
        {"HTTP_HX_REQUEST": "true", "HTTP_HX_CURRENT_URL": "http://[", "HTTP_HX_TARGET": "'"},
        {"HTTP_COOKIE": "sessionid=\x01; language=xx; theme=<b>; csrftoken=%00; single_keys=1;;="},
    ],
    ids=lambda headers: next(iter(headers)),
)
def test_junk_in_headers_is_answered(scene, ask, headers):
    for address in ("/", "/search/?q=звонок", scene.articles["public"].url, "/nothing/", "/readyz"):
        response = ask(Client(), "get", address, **headers)

        assert "\n" not in response["X-Request-ID"]


def test_a_host_that_is_not_ours_is_refused(scene, ask):
    for host in ("elsewhere.test", "localhost@elsewhere.test", "localhost:x", "a b"):
        assert ask(Client(), "get", "/", HTTP_HOST=host).status_code == 400


# --- forms -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("view_name", NAMES_OF_OURS)
def test_junk_in_a_form_is_answered(scene, administrator, ask, view_name):
    door = next(door for door in OURS if door.view_name == view_name)
    address = Parameters(scene, few=True).addresses(door)[0]
    fields = _fields_of(ask(administrator, "get", address))
    for junk in (
        "",
        "\x00",
        "-1",
        "9" * 40,
        "NaN",
        "[]",
        "\u202ex",
        "x" * 5_000,
        "\ud800".encode("utf-8", "surrogatepass"),
    ):
        data = dict.fromkeys(fields, junk)
        ask(administrator, "post", address, data)
    ask(administrator, "post", address, b"{not json", content_type="application/json")
    ask(administrator, "post", address, b"--x", content_type="multipart/form-data; boundary=x")
    ask(administrator, "post", address, b"a=%FF", content_type="application/x-www-form-urlencoded")


def _fields_of(response) -> set[str]:
    """The names of the fields on a page, and some that views of ours know without a form."""
    context = getattr(response, "context", None)
    form = context.get("form") if context is not None else None
    names = {form.add_prefix(name) for name in form.fields} if form is not None else set()
    known = "next login token ending opened up_to undo key confirm file audience teams target language theme"
    return names | set(known.split())


def test_every_form_asks_for_its_token(scene, administrator):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = administrator.cookies
    parameters = Parameters(scene, few=True)
    for door in OURS:
        address = parameters.addresses(door)[0]
        status = strict.post(address).status_code
        assert status == WITHOUT_A_FORM.get(door.view_name, 403), door


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
@pytest.mark.parametrize(
    ("view_name", "data"),
    [
        ("set_language", {"language": "en"}),
        ("set_theme", {"theme": "dark"}),
        ("set_single_keys", {"single_keys": "off"}),
        ("account_login", {"login": "operator@example.test", "password": "correct horse battery"}),
        ("account_logout", {}),
    ],
)
def test_no_form_leads_to_another_site(scene, ask, view_name, data, elsewhere):
    client = Client()
    if view_name == "account_logout":
        client.force_login(scene.people.cast["operator"].user)

    for address in (reverse(view_name), f"{reverse(view_name)}?next={quote(elsewhere)}"):
        response = ask(client, "post", address, data | {"next": elsewhere})

        assert response.status_code in (200, 302)
        target = urlsplit(response.get("Location", "/"))
        assert (target.scheme, target.netloc) == ("", "")
        assert not response.get("Location", "/").startswith(("//", "/\\", "\\"))
        assert f'href="{elsewhere}"'.encode() not in response.told


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_the_login_page_carries_nobody_to_another_site(scene, ask, elsewhere):
    response = ask(Client(), "get", f"/accounts/login/?next={quote(elsewhere)}")

    assert f'href="{elsewhere}'.encode() not in response.told
    assert f'action="{elsewhere}'.encode() not in response.told


def test_a_login_that_is_tried_too_often_is_slowed_down(scene):
    cache.clear()
    data = {"login": "operator@example.test", "password": "wrong"}
    for _ in range(12):
        Client().post(reverse("account_login"), data)
    right = Client().post(reverse("account_login"), data | {"password": "correct horse battery"})
    cache.clear()

    assert right.status_code != 302
