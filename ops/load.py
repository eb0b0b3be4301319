"""`make load`: many people begin a test within a minute on the processes of the scale profile.

    python -m ops.load [--people N] [--within SECONDS] [--answers N] [--thinking SECONDS]

PostgreSQL and Redis as DATABASE_URL and REDIS_URL name them, a database and a gunicorn of their own on 127.0.0.1.
Everybody is signed in beforehand. Each begins the test, gets the first question, thinks, answers, and so on; afterwards
every answer that the server acknowledged is looked for in the database. Written between the marks in
docs/performance.md.
"""

import argparse
import http.client
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

import psycopg
from psycopg.sql import SQL, Identifier

from ops.console import fail, step
from ops.environment import ROOT
from ops.figures import machine, percentile, set_up, table, written

HOST, PORT = "127.0.0.1", 8971
QUESTIONS, ASKED = 30, 10
CHOICE = re.compile(rb'type="radio" name="answer" value="([^"]+)"')
# Promised of a thousand people on two cores, in milliseconds at the 95th percentile.
PROMISED = {
    "a start, until the first question is there": 1000,
    "an answer is saved": 200,
    "another question": None,
}
START, SAVE, NEXT = PROMISED


@dataclass
class Kept:
    """What everybody saw: milliseconds of each act, what was acknowledged, what went wrong."""

    took: dict[str, list[float]] = field(default_factory=lambda: {act: [] for act in PROMISED})
    acknowledged: list[tuple[int, int, str, int, str]] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    @contextmanager
    def timed(self, act: str):
        """Note how long ``act`` takes, if it succeeds."""
        began = time.perf_counter()
        yield
        with self.lock:
            self.took[act].append((time.perf_counter() - began) * 1000)


class Refused(Exception):
    """The server answered otherwise than it should have."""


class Browser:
    """One person's cookies; a connection for each act, as the server closes idle ones."""

    def __init__(self, session: str) -> None:
        self.token = uuid.uuid4().hex
        self.cookie = f"sessionid={session}; csrftoken={self.token}"

    @contextmanager
    def connected(self):
        """A connection of its own for what follows."""
        connection = http.client.HTTPConnection(HOST, PORT, timeout=60)
        try:
            yield connection
        finally:
            connection.close()

    def get(self, connection, address: str) -> bytes:
        """The page at ``address``."""
        connection.request("GET", address, headers={"Cookie": self.cookie})
        response = connection.getresponse()
        page = response.read()
        if response.status != 200:
            raise Refused(f"GET {address}: {response.status}")
        return page

    def post(self, connection, address: str, values: dict, *, expected: int, accept: str) -> str:
        """Send a form; where the answer leads, if anywhere."""
        headers = {
            "Cookie": self.cookie,
            "X-CSRFToken": self.token,
            "Content-Type": "application/x-www-form-urlencoded",
            "Accept": accept,
        }
        connection.request("POST", address, urlencode(values), headers)
        response = connection.getresponse()
        response.read()
        if response.status != expected:
            raise Refused(f"POST {address}: {response.status}")
        return response.getheader("Location", "")


def sit(number: int, session: str, *, quiz: int, given, began: float, kept: Kept) -> None:
    """One person begins at their moment and answers so many questions."""
    time.sleep(max(0.0, began + number * given.within / given.people - time.perf_counter()))
    browser, client = Browser(session), uuid.uuid4().hex[:12]
    try:
        with browser.connected() as connection, kept.timed(START):
            values = {"key": uuid.uuid4()}
            address = browser.post(
                connection, f"/quiz/{quiz}/", values, expected=302, accept="text/html"
            )
            page = browser.get(connection, address)
        attempt = int(address.strip("/").split("/")[-2])
        for slot in range(1, given.answers + 1):
            time.sleep(given.thinking)
            choices = CHOICE.findall(page)
            answer = choices[number % len(choices)].decode()
            with browser.connected() as connection:
                with kept.timed(SAVE):
                    values = {"client": client, "seq": 1, "answer": answer}
                    address = f"/quiz/attempts/{attempt}/{slot}/"
                    browser.post(
                        connection, address, values, expected=200, accept="application/json"
                    )
                with kept.lock:
                    kept.acknowledged.append((attempt, slot, client, 1, answer))
                if slot < given.answers:
                    with kept.timed(NEXT):
                        page = browser.get(connection, f"/quiz/attempts/{attempt}/{slot + 1}/")
    except (Refused, OSError, http.client.HTTPException, IndexError, ZeroDivisionError) as error:
        with kept.lock:
            kept.errors.append(f"{type(error).__name__}: {error}")


@contextmanager
def environment(var: str):
    """The settings of the scale profile with a database that is dropped afterwards."""
    server, redis = os.environ.get("DATABASE_URL", ""), os.environ.get("REDIS_URL", "")
    if not server or not redis:
        fail("make load needs DATABASE_URL and REDIS_URL: `make services` says which.")
    name = f"opora_load_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))
    try:
        redis = redis.rsplit("/", 1)[0]
        yield {
            "OPORA_PROFILE": "scale",
            "OPORA_VAR": var,
            "OPORA_HTTPS": "0",
            "SECRET_KEY": uuid.uuid4().hex + uuid.uuid4().hex,
            "ALLOWED_HOSTS": HOST,
            "OPORA_BASE_URL": f"http://{HOST}:{PORT}",
            "DATABASE_URL": urlsplit(server)._replace(path=f"/{name}").geturl(),
            "REDIS_URL": f"{redis}/9",
            "CELERY_BROKER_URL": f"{redis}/10",
            "LOG_LEVEL": "ERROR",
        }
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))


def fill(people: int) -> tuple[int, list[str]]:
    """A demo company of so many people, a test for everybody, a session for each: the test, the sessions."""
    from django.conf import settings
    from django.core.management import call_command
    from django.test import Client

    from people.models import User

    with step("Preparing the database"):
        call_command("migrate", interactive=False, verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
    with step(f"Hiring {people} people"), open(os.devnull, "w") as nowhere:
        call_command("seed_demo", people=people, stdout=nowhere)
    with step("Writing the test"):
        quiz = write_test()
    with step("Signing everybody in"):
        sessions = []
        for user in User.objects.filter(employee__isnull=False, is_active=True)[:people]:
            client = Client(HTTP_HOST=HOST)
            client.force_login(user)
            sessions.append(client.cookies[settings.SESSION_COOKIE_NAME].value)
    return quiz, sessions


def write_test() -> int:
    """A test of one competence for every position, drawn from questions of one choice."""
    from django.utils import timezone

    from certification.models import Question, Quiz, QuizLine
    from certification.services.confirming import confirm
    from competence.choices import Kind
    from competence.models import Area, Competence
    from kb.models import ArticlePage
    from people.models import Position, User

    area, _new = Area.objects.get_or_create(name="Нагрузка", defaults={"order": 900})
    subject = Competence.objects.create(area=area, name="Нагрузка", kind=Kind.KNOWLEDGE, order=1)
    article = ArticlePage.objects.get(source_id="telephony-forwarding")
    editor = User.objects.get(email_key=User.key_of("editor@demo.opora.test"))
    for number in range(QUESTIONS):
        body = {"choices": [{"text": f"{n}", "right": n == 1} for n in range(1, 5)]}
        question = Question.objects.create(
            live=True,
            kind="single",
            text=f"Вопрос {number + 1}?",
            body=body,
            competence=subject,
            article=article,
        )
        confirm(question=question, by=editor, now=timezone.now())
    quiz = Quiz.objects.create(name="Нагрузка", minutes=40)
    QuizLine.objects.create(quiz=quiz, competence=subject, level=2, count=ASKED)
    quiz.positions.set(Position.objects.all())
    quiz.save()
    return quiz.pk


@contextmanager
def serving(settings: dict[str, str]):
    """gunicorn as the scale profile starts it, until the block ends."""
    words = ("gunicorn", "--config", "python:ops.gunicorn", "--bind", f"{HOST}:{PORT}")
    process = subprocess.Popen(
        [sys.executable, "-m", *words, "--log-level", "error", "lms.wsgi"],
        cwd=ROOT,
        env=os.environ | settings,
    )
    try:
        for _try in range(120):
            time.sleep(0.5)
            try:
                connection = http.client.HTTPConnection(HOST, PORT, timeout=5)
                connection.request("GET", "/accounts/login/")
                if connection.getresponse().status == 200:
                    break
            except OSError:
                continue
        else:
            fail("The web processes did not start.")
        yield
    finally:
        process.terminate()
        process.wait(timeout=60)


def lost(kept: Kept) -> int:
    """How many acknowledged answers the database does not hold as they were sent."""
    from certification import papers
    from certification.models import AnswerSave, Attempt

    attempts = Attempt.objects.in_bulk({attempt for attempt, *_rest in kept.acknowledged})
    rows = {
        (row.attempt_id, row.slot, row.client, row.seq): row.given
        for row in AnswerSave.objects.filter(attempt__in=attempts, refused=False)
    }
    return sum(
        rows.get((attempt, slot, client, seq))
        != papers.read(attempts[attempt].paper, slot, [answer])
        for attempt, slot, client, seq, answer in kept.acknowledged
    )


def report(kept: Kept, given) -> str:
    """The table and the sentence beneath it."""
    rows = [["act", "how many", "median, ms", "p95, ms", "p99, ms", "promised p95, ms"]]
    for act, took in kept.took.items():
        took.sort()
        figures = [f"{percentile(took, share):.0f}" if took else "" for share in (0.5, 0.95, 0.99)]
        rows.append([act, f"{len(took)}", *figures, f"{PROMISED[act] or ''}"])
    return (
        f"{table(rows)}\n\n{given.people} people began within {given.within:.0f} s, each answered {given.answers} "
        f"questions, {given.thinking:.0f} s apart. Errors: {len(kept.errors)}. Acknowledged answers: "
        f"{len(kept.acknowledged)}, lost of them: {lost(kept)}. "
        f"{machine('the people are threads on the same cores')}."
    )


def main() -> None:
    """Fill, serve, let everybody sit, look for what was acknowledged, print, write."""
    parser = argparse.ArgumentParser(prog="make load")
    parser.add_argument("--people", type=int, default=1000)
    parser.add_argument("--within", type=float, default=60)
    parser.add_argument("--answers", type=int, default=5)
    parser.add_argument("--thinking", type=float, default=30)
    given = parser.parse_args()
    with ExitStack() as stack:
        var = stack.enter_context(tempfile.TemporaryDirectory(prefix="opora-load-"))
        settings = stack.enter_context(environment(var))
        os.environ.update(settings)
        set_up(var)
        stack.callback(_let_go)
        quiz, sessions = fill(given.people)
        given.people = len(sessions)
        stack.enter_context(serving(settings))
        kept, began = Kept(), time.perf_counter() + 2
        with step(f"{given.people} people sit"), ThreadPoolExecutor(given.people) as everybody:
            for number, session in enumerate(sessions):
                everybody.submit(
                    sit, number, session, quiz=quiz, given=given, began=began, kept=kept
                )
        text = report(kept, given)
    print(f"\n{text}")
    for error in kept.errors[:5]:
        print(f"  {error}")
    written("make load", text)


def _let_go() -> None:
    from django.db import connections

    connections.close_all()


if __name__ == "__main__":
    main()
