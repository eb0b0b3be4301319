"""`make demo`: from an installed environment to a served site with the demo company in it.

    python -m ops.demo [--host H] [--port N] [--corpus PATH]

Every step may be repeated: a second run migrates what is new, keeps the data and serves.
"""

import argparse
import errno
import io
import os
import shutil
import sys
from pathlib import Path
from typing import NoReturn

import django
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import DatabaseError

from ops import catalogue
from ops.console import Progress, fail, step
from ops.environment import ROOT

MEGABYTE = 2**20
# The demo company with its index takes 60 MB, the whole corpus about 600 MB.
SPACE = {False: 150 * MEGABYTE, True: 1000 * MEGABYTE}
DISK_FAULTS = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk quota is used up",
    errno.EROFS: "the disk is read-only",
    errno.EACCES: "may not be written to",
    errno.EPERM: "may not be written to",
}
DATABASE_FAULTS = {
    "disk is full": "the disk is full",
    "readonly database": "the database may not be written to",
    "unable to open database": "the database cannot be opened",
    "disk I/O error": "the disk does not answer",
    "database is locked": "another Opora works on this database; stop it, or give this one its own OPORA_VAR",
}


class Said(io.TextIOBase):
    """What a command says, shown as the progress of its step."""

    def __init__(self, progress: Progress) -> None:
        self.progress = progress

    def write(self, text: str) -> int:
        """Show the first line of ``text``."""
        if text.strip():
            self.progress.show(text.strip().splitlines()[0])
        return len(text)


def arguments() -> argparse.Namespace:
    """What the Makefile passes on."""
    parser = argparse.ArgumentParser(prog="make demo")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--corpus", default="")
    return parser.parse_args()


def set_up(host: str, port: int) -> None:
    """Start Django with the settings of the embedded profile."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings")
    os.environ.setdefault("OPORA_BASE_URL", f"http://{host}:{port}")
    django.setup()


def look_before(host: str, port: int, corpus: str) -> None:
    """Refuse now what would fail minutes later: a port in use, a corpus that is not there, too little space."""
    from django.conf import settings

    from lms.management.commands.serve import only_server, refuse_port_in_use

    try:
        refuse_port_in_use(host, port)
    except CommandError:
        fail(f"port {port} on {host} is in use; choose another: make demo PORT={port + 1}")
    with only_server(settings.OPORA_VAR):
        pass
    if corpus and not Path(corpus).exists():
        fail(f"CORPUS={corpus} does not exist")
    needed = SPACE[bool(corpus)]
    free = shutil.disk_usage(settings.OPORA_VAR).free
    if free < needed:
        fail(
            f"{settings.OPORA_VAR} has {free // MEGABYTE} MB left, and the demo needs {needed // MEGABYTE};"
            " make room, or set OPORA_VAR to another disk"
        )


def prepare(corpus: str) -> None:
    """Bring the database, the files and the demo company up to date."""
    from people.models import Company, User
    from search import indexing

    with step("Preparing the database"):
        call_command("migrate", interactive=False, verbosity=0)
    with step("Collecting style sheets and scripts"):
        call_command("collectstatic", interactive=False, verbosity=0)
    if not Company.is_demo() and not User.objects.exists():
        with step("Hiring the demo company") as progress:
            call_command("seed_demo", stdout=Said(progress))
    if corpus:
        print(f"  Importing {corpus}", flush=True)
        load(corpus)
    if indexing.needs_rebuild():
        # Else the site would come up with "search is being prepared".
        print("  Building the search index", flush=True)
        call_command("rebuild_search")


def load(corpus: str) -> None:
    """Import ``corpus``; what was refused line by line is named above and stops nobody from looking at the rest."""
    from kb.management.commands.import_articles import ROWS_REFUSED

    try:
        call_command("import_articles", corpus)
    except CommandError as error:
        if error.returncode != ROWS_REFUSED:
            raise
        print(f"  {error}", flush=True)


def welcome(host: str, port: int) -> None:
    """Say where it is, who can sign in and what is worth a look."""
    from lms.demo.age import age_of_demo
    from lms.demo.cast import CAST, PASSWORD

    print(f"\n  Opora: http://{host}:{port}/\n")
    age = age_of_demo()
    if age is None:
        print("  This database is not the demo's: sign in with your own account.\n", flush=True)
        return
    if age.days:
        days = f"{age.days} day{'s' if age.days > 1 else ''}"
        print(
            f"  Its data is {days} old: of {age.seeded_on}, and every date in it counts from there."
            "\n  To begin anew: stop it, then  .venv/bin/python manage.py reset_demo\n"
        )
    print(f"  Start here: http://{host}:{port}/accounts/login/  (one click, no password)\n")
    print(f"  Or sign in with one of these addresses and the password  {PASSWORD}\n")
    for member in CAST:
        print(f"    {member.email:34}  {member.full_name}, {member.position}")
    print(
        "\n  Worth a try:\n"
        "    operator   press /, type «не слышно» or «gthtflhtcfwbz» (wrong layout), open, copy the answer\n"
        "    nobody     the public articles without signing in; the internal ones are not there\n"
        "    editor     change an article and send it for approval; editor2 approves it\n"
        "    anybody    Русский / English in the account menu, light and dark\n",
        flush=True,
    )


def tell(error: Exception) -> NoReturn:
    """Turn what can go wrong on somebody's machine into one sentence; let our own faults show themselves."""
    if isinstance(error, ImproperlyConfigured):
        fail(f"cannot start: {error}")
    if isinstance(error, CommandError):
        fail(str(error))
    if isinstance(error, OSError) and error.errno in DISK_FAULTS:
        fail(f"{error.filename or os.environ.get('OPORA_VAR') or ROOT}: {DISK_FAULTS[error.errno]}")
    if isinstance(error, DatabaseError):
        for words, meaning in DATABASE_FAULTS.items():
            if words in str(error):
                fail(f"{meaning} ({os.environ.get('OPORA_VAR') or ROOT / 'var'})")
    raise error


def main() -> None:
    """Prepare, greet, serve until Ctrl+C."""
    given = arguments()
    try:
        catalogue.compile_all()
        set_up(given.host, given.port)
        look_before(given.host, given.port, given.corpus)
        prepare(given.corpus)
        welcome(given.host, given.port)
        call_command("serve", host=given.host, port=given.port)
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:
        tell(error)


if __name__ == "__main__":
    main()
