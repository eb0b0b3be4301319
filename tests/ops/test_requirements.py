"""The pins: complete, hashed, consistent with each other and with the ranges, without an address."""

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from ops.environment import ROOT, SETS, digest, is_installed, stamp, works
from ops.lock import EXTRAS

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
PIN = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)(?:\[.*?\])?==(?P<version>[^ ;\\]+)", re.MULTILINE)


def pins(name: str) -> dict[str, set[str]]:
    """Package -> versions of a requirements file; several where the version depends on the Python."""
    found: dict[str, set[str]] = {}
    for match in PIN.finditer((ROOT / name).read_text()):
        found.setdefault(canonicalize_name(match["name"]), set()).add(match["version"])
    return found


@pytest.mark.parametrize("name", EXTRAS)
def test_every_direct_dependency_is_pinned_within_its_range(name):
    ranges = PROJECT["dependencies"] + [
        line for extra in EXTRAS[name] for line in PROJECT["optional-dependencies"][extra]
    ]
    pinned = pins(name)

    for line in ranges:
        requirement = Requirement(line)
        versions = pinned[canonicalize_name(requirement.name)]
        assert any(requirement.specifier.contains(v, prereleases=True) for v in versions), line


@pytest.mark.parametrize("name", EXTRAS)
def test_every_pin_has_a_hash(name):
    blocks = re.split(r"\n(?=\S)", (ROOT / name).read_text().strip())

    assert [block for block in blocks if "==" in block and "--hash=sha256:" not in block] == []


def test_the_smaller_sets_are_part_of_the_larger_ones():
    for files in SETS.values():
        largest = pins(files[0])
        for smaller in files[1:]:
            for package, versions in pins(smaller).items():
                assert versions <= largest[package], f"{package} of {smaller}"


def test_an_installation_is_remembered_until_its_pins_change(tmp_path):
    requirements = tmp_path / "requirements.txt"
    requirements.write_text("django==5.2.19\n")
    assert not is_installed(requirements, tmp_path)

    stamp(requirements, tmp_path).write_text(digest(requirements))
    assert is_installed(requirements, tmp_path)

    requirements.write_text("django==5.2.20\n")
    assert not is_installed(requirements, tmp_path)


def test_an_environment_whose_python_is_gone_does_not_count(tmp_path):
    assert not works(tmp_path / "bin" / "python")
