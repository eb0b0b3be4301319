"""`make lock`: pin what pyproject.toml allows, with hashes and without a single address.

    python -m ops.lock [--upgrade]

Without ``--upgrade`` pins that still fit stay as they are.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from ops.console import fail, step
from ops.environment import ROOT, venv_python

# The largest set first: the smaller ones take their pins from it, so that they never disagree.
EXTRAS = {
    "requirements-dev.txt": ("dev", "scale"),
    "requirements-scale.txt": ("scale",),
    "requirements.txt": (),
}
OPTIONS = (
    "--generate-hashes",
    "--universal",
    "--python-version",
    "3.11",
    "--no-emit-index-url",
    "--no-header",
)


def uv(folder: Path) -> str:
    """The resolver: the installed one, else one put into ``folder``."""
    if found := shutil.which("uv"):
        return found
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    subprocess.run([venv_python(folder), "-m", "pip", "install", "-q", "uv"], check=True)
    return str(venv_python(folder).parent / "uv")


def command(resolver: str, target: str, *, upgrade: bool) -> list[str]:
    """The resolver's command line for one requirements file."""
    words = [resolver, "pip", "compile", "--quiet", "pyproject.toml", *OPTIONS, "-o", target]
    for extra in EXTRAS[target]:
        words += ["--extra", extra]
    if target != "requirements-dev.txt":
        words += ["--constraint", "requirements-dev.txt"]
    elif upgrade:
        words.append("--upgrade")
    return words


def main(words: list[str]) -> None:
    """Write the three requirements files."""
    with tempfile.TemporaryDirectory() as folder:
        resolver = uv(Path(folder))
        for target in EXTRAS:
            with step(f"Pinning {target}"):
                done = subprocess.run(
                    command(resolver, target, upgrade="--upgrade" in words), cwd=ROOT
                )
            if done.returncode:
                fail(f"{target} could not be pinned; the old one stays")


if __name__ == "__main__":
    main(sys.argv[1:])
