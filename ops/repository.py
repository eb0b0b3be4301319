"""What must never be in the repository: addresses of package registries, paths of one machine, big files."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIGGEST = 1_000_000
# Written in two halves, so that this file passes its own check.
REGISTRIES = re.compile(
    "|".join(
        re.escape("".join(halves))
        for halves in (
            ("pypi", ".org"),
            ("python", "hosted.org"),
            ("registry.", "npmjs"),
            ("registry.", "yarnpkg"),
            ("repo1.", "maven"),
            ("repo.maven.", "apache"),
            ("deb.", "debian.org"),
            ("proxy.", "golang.org"),
            ("index.", "crates.io"),
            ("--index", "-url"),
            ("--extra", "-index"),
            ("--find", "-links"),
        )
    )
)
MACHINE_PATHS = re.compile(r"(?<![\w./-])/(?:work|root|Users|home/[a-z]+)/" + "|/tmp/" + "opora/")


def files(root: Path = ROOT) -> Iterator[Path]:
    """Every file that git keeps or is about to keep."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    )
    for name in sorted(set(listed.stdout.split("\0"))):
        if name and (root / name).is_file():
            yield root / name


def problems(path: Path, root: Path = ROOT) -> Iterator[str]:
    """One line for everything in ``path`` that must not be in the repository."""
    name = path.relative_to(root)
    content = path.read_bytes()
    if len(content) > BIGGEST:
        yield f"{name}: {len(content) // 1000} kB; a file this big does not belong in the repository"
    if b"\0" in content[:8000]:
        return
    for number, line in enumerate(content.decode("utf-8", "replace").splitlines(), start=1):
        if match := REGISTRIES.search(line):
            yield f"{name}:{number}: names a package registry ({match[0]})"
        if match := MACHINE_PATHS.search(line):
            yield f"{name}:{number}: a path of one machine ({match[0]})"


def main() -> int:
    """Print what was found; 1 if anything was."""
    if not (ROOT / ".git").exists():
        print("Not a git checkout: nothing to compare with.")
        return 0
    found = [problem for path in files() for problem in problems(path)]
    print("\n".join(found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
