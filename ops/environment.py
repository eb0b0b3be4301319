"""The virtual environment: made when missing, filled from hash-pinned requirements when they changed.

Runs under any Python of 3.11 or newer and imports the standard library only.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from ops.console import Progress, fail, step

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"

# What each set brings along: the pins of the larger files contain those of the smaller ones.
SETS = {
    "demo": ("requirements.txt",),
    "scale": ("requirements-scale.txt", "requirements.txt"),
    "dev": ("requirements-dev.txt", "requirements-scale.txt", "requirements.txt"),
}


def venv_python(venv: Path = VENV) -> Path:
    """The interpreter of a virtual environment."""
    folder, name = ("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")
    return venv / folder / name


def works(python: Path) -> bool:
    """Whether ``python`` starts and is new enough; False after the Python behind it was removed."""
    question = "import sys; sys.exit(sys.version_info < (3, 11))"
    try:
        return subprocess.run([python, "-c", question], capture_output=True).returncode == 0
    except OSError:
        return False


def stamp(requirements: Path, venv: Path = VENV) -> Path:
    """The file that remembers which content of ``requirements`` is installed."""
    return venv / f".installed-{requirements.stem}"


def digest(requirements: Path) -> str:
    """The fingerprint of a requirements file."""
    return hashlib.sha256(requirements.read_bytes()).hexdigest()


def is_installed(requirements: Path, venv: Path = VENV) -> bool:
    """Whether ``requirements``, exactly as it stands, was installed into ``venv``."""
    mark = stamp(requirements, venv)
    return mark.exists() and mark.read_text() == digest(requirements)


def create(venv: Path = VENV) -> None:
    """Make the virtual environment. Debian splits venv off: root gets the package, others a sentence."""
    python = sys.executable
    made = subprocess.run([python, "-m", "venv", "--clear", venv], capture_output=True, text=True)
    if made.returncode and not _has_ensurepip() and shutil.which("apt-get") and os.geteuid() == 0:
        package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
        for command in (["update"], ["install", "-y", package]):
            subprocess.run(["apt-get", "-qq", *command], check=False, stdout=subprocess.DEVNULL)
        made = subprocess.run(
            [python, "-m", "venv", "--clear", venv], capture_output=True, text=True
        )
    if made.returncode:
        if not _has_ensurepip():
            fail(f"{python} comes without the venv module. On Debian: apt install python3-venv")
        fail(f"the virtual environment could not be made at {venv}: {_reason(made)}")


def _has_ensurepip() -> bool:
    return (
        subprocess.run([sys.executable, "-c", "import ensurepip"], capture_output=True).returncode
        == 0
    )


def _reason(finished: subprocess.CompletedProcess[str]) -> str:
    output = f"{finished.stdout}\n{finished.stderr}"
    if "No space left on device" in output:
        return f"the disk is full ({ROOT})"
    lines = [line for line in output.splitlines() if line.strip()]
    return lines[-1].strip() if lines else f"exit status {finished.returncode}"


def install(requirements: Path, progress: Progress, venv: Path = VENV) -> None:
    """Install the pins of ``requirements`` into ``venv``; every download is checked by its hash."""
    python = venv_python(venv)
    if subprocess.run([python, "-m", "pip", "--version"], capture_output=True).returncode:
        subprocess.run([python, "-m", "ensurepip"], capture_output=True, check=False)
    command = [
        *(python, "-m", "pip", "install", "--no-input", "--disable-pip-version-check"),
        # The file is a complete lock, so nothing is left to resolve.
        *("--no-deps", "--require-hashes", "--progress-bar", "off", "-r", requirements),
    ]
    total = len(re.findall(r"^\S+==", requirements.read_text(), flags=re.MULTILINE))
    lines: list[str] = []
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as pip:
        for line in pip.stdout or ():
            lines.append(line)
            if match := re.match(r"(?:Collecting|Requirement already satisfied:) (\S+?)==", line):
                seen = sum(said.startswith(("Collecting", "Requirement already")) for said in lines)
                progress.show(f"{seen} of {total}: {match[1]}")
            elif line.startswith("Installing collected packages"):
                progress.show("unpacking")
    if pip.returncode:
        errors = [
            said for said in lines if said.startswith("ERROR") or "No space left" in said
        ] or lines[-1:]
        finished = subprocess.CompletedProcess(command, pip.returncode, "".join(errors), "")
        fail(f"{requirements.name} could not be installed: {_reason(finished)}")


def prepare(wanted: str) -> None:
    """Bring ``.venv`` to the state that the set named ``wanted`` (demo, scale, dev) asks for."""
    if not works(venv_python()):
        with step(f"Making the virtual environment {VENV.name}"):
            create()
    files = [ROOT / name for name in SETS[wanted]]
    if not is_installed(files[0]):
        with step(f"Installing {files[0].name}") as progress:
            install(files[0], progress)
        for requirements in files:
            stamp(requirements).write_text(digest(requirements))


if __name__ == "__main__":
    try:
        prepare(sys.argv[1] if len(sys.argv) > 1 else "demo")
    except OSError as error:
        fail(f"{error.strerror}: {error.filename or VENV}")
    except KeyboardInterrupt:
        sys.exit(130)
