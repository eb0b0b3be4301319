"""`make screenshot`: the picture in the README, taken from a demo company of its own.

    python -m ops.screenshot [FILE]

Seeds the demo into a temporary place, serves it on a free port of loopback, and lets Chromium type a question.
"""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from playwright.sync_api import sync_playwright

from lms.demo.cast import CAST, PASSWORD
from ops.console import fail
from ops.environment import ROOT, venv_python
from ops.testing import chromium

TARGET = ROOT / "docs" / "images" / "search.png"
QUESTION = "gthtflhtcfwbz"  # «переадресация», typed without switching the layout
PATIENCE = 60


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def manage(var: str, *arguments: str) -> list[str]:
    """The command line of a management command, its state under ``var``."""
    os.environ["OPORA_VAR"] = var
    return [str(venv_python()), str(ROOT / "manage.py"), *arguments]


def wait_for(address: str) -> None:
    """Return when ``address`` answers; give up after a minute."""
    for _attempt in range(PATIENCE):
        try:
            urllib.request.urlopen(f"{address}/livez", timeout=1)  # noqa: S310  our own http address
        except (urllib.error.URLError, OSError):
            time.sleep(1)
        else:
            return
    fail(f"nothing answers at {address}")


def take(address: str, target: Path) -> None:
    """Sign in as the operator, type the question in the wrong layout, and take the picture."""
    operator = next(member for member in CAST if member.handle == "anna")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        page = browser.new_page(
            viewport={"width": 1440, "height": 900}, locale="ru-RU", base_url=address
        )
        page.goto("/accounts/login/")
        page.locator("details summary").last.click()
        page.fill("input[name=login]", operator.email)
        page.fill("input[name=password]", PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url(lambda reached: "/accounts/" not in reached)
        page.keyboard.press("/")
        page.keyboard.type(QUESTION)
        page.locator("#search-panel [data-result]").first.wait_for()
        target.parent.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=target)
        browser.close()


def main() -> None:
    """Seed, serve, take, stop."""
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else TARGET
    if not chromium():
        fail("needs Chromium: make services, or CHROMIUM=path")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings")
    with tempfile.TemporaryDirectory(prefix="opora-screenshot-") as var:
        for command in (["migrate", "-v0"], ["collectstatic", "--noinput", "-v0"], ["seed_demo"]):
            subprocess.run(manage(var, *command), check=True, stdout=subprocess.DEVNULL)
        port = free_port()
        server = subprocess.Popen(
            manage(var, "serve", "--port", str(port)), stdout=subprocess.DEVNULL
        )
        try:
            address = f"http://127.0.0.1:{port}"
            wait_for(address)
            time.sleep(5)  # the index follows the seeding within seconds
            take(address, target)
        finally:
            server.terminate()
            server.wait(timeout=15)
    print(f"  {target}")


if __name__ == "__main__":
    main()
