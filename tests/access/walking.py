"""A walk: every address of the site asked in every way by one role, and what of the replies is wrong."""

import logging
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from io import BytesIO

from django.core import mail
from django.db import connection, transaction
from django.urls import resolve

from tests.access import replies
from tests.access.parameters import Parameters
from tests.access.roles import ANONYMOUS, EDITORS
from tests.access.scene import Scene
from tests.access.urlconf import Door, doors

HTMX = {"HTTP_HX_REQUEST": "true"}
PANEL = {**HTMX, "HTTP_HX_TARGET": "search-panel"}
RESULTS = {**HTMX, "HTTP_HX_TARGET": "search-results"}
SHEETS = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Every canary begins so: what is searched for finds them all, and its echo is none of them.
HUNTED = "zq"
ON_SITE = frozenset({ANONYMOUS, "operator"})
IN_ADMIN = frozenset({"lead", "hr"})
ENTER_ADMIN = IN_ADMIN | EDITORS
SEARCHED_BY_KEY = frozenset({"api:search", "api:suggest"})
REFUSED = frozenset({401, 403, 404})
WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")
# When a key was used is noted whatever it was used for.
NO_MATTER = ('"django_session"', 'SET "last_used_at"')


# Forms of Wagtail's own that fail without their hidden fields, which only who may write can send.
FORGED_FORMS = frozenset(
    {
        "wagtailadmin_choose_page_external_link",
    }
)


@dataclass(frozen=True)
class Asking:
    """One request."""

    method: str
    address: str
    headers: dict[str, str] = field(default_factory=dict, hash=False)

    def __str__(self) -> str:
        note = "".join(f" {name}={value}" for name, value in self.headers.items())
        return f"{self.method} {self.address}{note}"


@dataclass
class Reply:
    """What came back, read to its end."""

    status: int
    headers: dict[str, str]
    body: bytes
    cookies: SimpleCookie
    mails: list
    log: str
    wrote: list[str]

    @property
    def scanned(self) -> bytes:
        """Everything a canary may stand in: headers, cookies, body, and the inside of a sheet."""
        inside = b""
        if self.headers.get("Content-Type", "").startswith(SHEETS):
            with zipfile.ZipFile(BytesIO(self.body)) as sheet:
                inside = b"\n".join(sheet.read(name) for name in sheet.namelist())
        told = "\n".join(f"{name}: {value}" for name, value in self.headers.items())
        return b"\n".join([told.encode(), self.cookies.output().encode(), self.body, inside])

    @property
    def is_picture(self) -> bool:
        """Whether it is a picture in pixels."""
        kind = self.headers.get("Content-Type", "")
        return kind.startswith("image/") and "svg" not in kind


class Heard(logging.Handler):
    """Keeps what is logged."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


class Walk:
    """One role's walk. ``leaks``, ``faults``, ``bare`` and ``wrote`` say what was wrong with which request.

    Everything is asked in every way by a customer and an operator; whoever enters the admin without being
    allowed everything there is sent to every object. The other roles see each kind of screen.
    """

    def __init__(self, scene: Scene, role: str) -> None:
        self.scene, self.role, self.client = scene, role, scene.clients[role]
        self.cookies = self.client.cookies.output(header="", sep=";")
        self.everything = Parameters(scene)
        self.few = Parameters(scene, few=True)
        self.asked = 0
        self.met: set[str] = set()
        self.leaks: list[str] = []
        self.faults: list[str] = []
        self.forgiven: set[str] = set()
        self.bare: list[str] = []
        self.wrote: list[str] = []

    def through_everything(self) -> "Walk":
        """Every URL of the site."""
        return self.through(doors())

    def through(self, some: list[Door]) -> "Walk":
        """These URLs, in every way they can be asked."""
        for door in some:
            for asking in self.askings(door):
                self.judge(asking, self.ask(asking))
        return self

    # --- what is asked -----------------------------------------------------------------------------------------

    def askings(self, door: Door) -> Iterator[Asking]:
        """The requests for one pattern."""
        if not door.named:
            yield Asking("GET", "/" + door.route.replace("^.*/$", "there-is-no-such-screen/"))
            return
        thorough = self.role in (IN_ADMIN if door.in_admin else ON_SITE)
        all_objects = thorough or not door.in_admin
        found = (self.everything if all_objects else self.few).addresses(door)
        if door.in_admin and self.role not in ENTER_ADMIN:
            found = found[:1]  # the registry refuses all of them alike
        # That a head or a fragment tells nothing more is seen of a few objects of each kind.
        telling = set(self.few.addresses(door)) if thorough and not door.in_admin else set()
        for number, address in enumerate(found):
            yield Asking("GET", address)
            if number == 0 or (thorough and not door.in_admin):
                yield Asking("POST", address)
            if address in telling:
                yield Asking("HEAD", address)
                yield Asking("GET", address, HTMX)
        if found and not door.parameters:
            yield from self._lists(door, found[0])
        if door.view_name.startswith("api:"):
            yield from self._with_a_key(door, found)

    def _with_a_key(self, door: Door, addresses: list[str]) -> Iterator[Asking]:
        """The API knows no session; whoever works here has a key, and so has whoever has left."""
        if self.role == ANONYMOUS:
            return
        key = {"HTTP_AUTHORIZATION": f"Bearer {self.scene.keys[self.role]}"}
        for address in addresses:
            yield Asking("GET", address, key)
        for word in self.few_words() if door.view_name in SEARCHED_BY_KEY else ():
            yield Asking("GET", f"{addresses[0]}?q={word}", key)

    def _lists(self, door: Door, address: str) -> Iterator[Asking]:
        yield Asking("GET", f"{address}?q={HUNTED}")
        for kind in ("xlsx", "csv") if door.exports else ():
            yield Asking("GET", f"{address}?export={kind}&format={kind}")
        if door.view_name == "wagtail_bulk_action":
            for page in self.scene.pages:
                yield Asking("GET", f"{address}?id={page.pk}")
        if door.view_name == "matrix_cell":
            competence = self.scene.competence.competence.pk
            for person in (*self.scene.people.others.values(), *self.scene.people.cast.values()):
                yield Asking("GET", f"{address}?person={person.pk}&competence={competence}")
        if door.view_name == "search":
            for word in self.words_to_search():
                yield Asking("GET", f"{address}?q={word}", RESULTS)
            for word in self.few_words():
                yield Asking("GET", f"{address}?q={word[:-3]}", PANEL)

    def words_to_search(self) -> list[str]:
        """A word of every field that has one; most roles search for a few."""
        if self.role not in ON_SITE:
            return self.few_words()
        canaries = self.scene.canaries.by_where.values()
        return [canary.forms[0] for canary in canaries if canary.forms[0].isalpha()]

    def few_words(self) -> list[str]:
        """The words of titles and tags."""
        by_where = self.scene.canaries.by_where
        return [by_where[w].forms[0] for w in by_where if w.endswith((".title", ".tag"))]

    # --- one request, without a trace --------------------------------------------------------------------------

    def ask(self, asking: Asking) -> Reply | None:
        """The reply to one request by this role with its first session; whatever it changed is undone."""
        self.asked += 1
        self.client.cookies = SimpleCookie(self.cookies)
        mail.outbox = []
        method = getattr(self.client, asking.method.lower())
        try:
            with transaction.atomic(), self._listening() as (heard, written):
                response = method(asking.address, **asking.headers)
                body = replies.body_of(response)
                transaction.set_rollback(True)
        except Exception as error:
            forged = asking.method == "POST" and resolve(asking.address).view_name in FORGED_FORMS
            if forged and self.role in EDITORS:
                self.forgiven.add(resolve(asking.address).view_name)
            else:
                self.faults.append(f"{asking}: {type(error).__name__}: {error}")
            return None
        return Reply(
            status=response.status_code,
            headers=dict(response.headers),
            body=body,
            cookies=response.cookies,
            mails=mail.outbox,
            log="\n".join(heard),
            wrote=written,
        )

    @contextmanager
    def _listening(self):
        heard, written = Heard(), []
        root = logging.getLogger()
        handlers, level = root.handlers, root.level
        root.handlers = [heard]
        root.setLevel(logging.INFO)

        def note(execute, sql, params, many, context):
            if sql.startswith(WRITES) and not any(table in sql for table in NO_MATTER):
                written.append(sql[:100])
            return execute(sql, params, many, context)

        try:
            with connection.execute_wrapper(note):
                yield heard.lines, written
        finally:
            root.handlers = handlers
            root.setLevel(level)

    # --- what is wrong -----------------------------------------------------------------------------------------

    def judge(self, asking: Asking, reply: Reply | None) -> None:
        """Note what this reply tells too much, what it lacks, and what it did although it refused."""
        if reply is None:
            return
        if reply.status >= 500:
            self.faults.append(f"{asking}: {reply.status}")
        canaries = self.scene.canaries
        told = canaries.met_in(reply.scanned) | canaries.met_in(reply.body)
        self.met |= told
        echo = canaries.said_by(asking.address)
        for where in sorted(canaries.forbidden_to(self.role, told) - echo):
            self.leaks.append(f"{where} in {asking} ({reply.status})")
        if (
            reply.is_picture
            and reply.body
            and self.role not in EDITORS
            and not canaries.met_in(reply.body)
        ):
            self.leaks.append(f"a picture nobody knows in {asking}")
        for where in sorted(canaries.met_in(reply.log.encode())):
            self.leaks.append(f"{where} in the log of {asking}")
        self._judge_mails(asking, reply)
        self.bare += [f"{asking}: {lack}" for lack in replies.lacks(asking, reply, self.role)]
        if reply.wrote and (reply.status in REFUSED or self._only_reads(asking)):
            self.wrote.append(f"{asking} ({reply.status}): {reply.wrote[0]}")

    def _only_reads(self, asking: Asking) -> bool:
        return self.role == ANONYMOUS and asking.method != "POST"

    def _judge_mails(self, asking: Asking, reply: Reply) -> None:
        for sent in reply.mails:
            met = self.scene.canaries.met_in(f"{sent.subject}\n{sent.body}".encode())
            for recipient in sent.recipients():
                role = recipient.partition("@")[0]
                for where in sorted(self.scene.canaries.forbidden_to(role, met)):
                    self.leaks.append(f"{where} in a mail to {recipient} after {asking}")
