"""The image and the compose file against the settings: there may be no Docker here, but there are these tests."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from django.urls import resolve

from ops import healthcheck
from ops.environment import ROOT, venv_python

COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
SITE = ("web", "worker", "beat", "migrate")
DOCKERFILE = (ROOT / "Dockerfile").read_text()
# Read by the compose file or by gunicorn, not by the settings.
NOT_SETTINGS = {
    "POSTGRES_PASSWORD",
    "OPORA_VERSION",
    "PORT",
    "MAIL_PORT",
    "WEB_CONCURRENCY",
    "ELASTICSEARCH_HEAP",
}
VARIABLE = re.compile(r"\$\{(?P<name>\w+)(?::(?P<kind>[?-])(?P<rest>[^}]*))?\}")


def example() -> dict[str, str]:
    """What .env.example sets."""
    lines = (ROOT / ".env.example").read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def offered() -> set[str]:
    """What .env.example names, commented lines included."""
    return set(re.findall(r"^#?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))


def fill_in(value: object, given: dict[str, str]) -> str:
    """What compose makes of a value."""

    def one(match: re.Match[str]) -> str:
        default = match["rest"] if match["kind"] == "-" else ""
        return given.get(match["name"]) or default

    return VARIABLE.sub(one, str(value)).replace("$$", "$")


def environment(name: str, given: dict[str, str]) -> dict[str, str]:
    """The environment of a service as its container would see it."""
    return {key: fill_in(value, given) for key, value in SERVICES[name]["environment"].items()}


def mentioned() -> list[re.Match[str]]:
    """Every variable that the compose file takes from outside."""
    return list(VARIABLE.finditer((ROOT / "docker-compose.yml").read_text()))


def start_settings(env: dict[str, str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Start Django as a container of the site would."""
    return subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "OPORA_VAR": str(folder), **env},
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize("name", SITE)
def test_every_variable_a_service_is_given_is_one_it_reads(name, variables_of_the_settings):
    extra = set(SERVICES[name]["environment"]) - variables_of_the_settings

    assert extra <= NOT_SETTINGS


def test_every_variable_of_the_example_is_used(variables_of_the_settings):
    used = {match["name"] for match in mentioned()}

    assert offered() <= used
    assert used - variables_of_the_settings <= NOT_SETTINGS


def test_every_required_variable_stands_in_the_example():
    required = {match["name"] for match in mentioned() if match["kind"] == "?"}

    assert required == {"SECRET_KEY", "POSTGRES_PASSWORD", "ALLOWED_HOSTS", "OPORA_BASE_URL"}
    assert required <= set(example())


@pytest.mark.parametrize("name", SITE)
def test_the_site_starts_with_the_environment_of_the_example(name, tmp_path):
    outcome = start_settings(environment(name, example()), tmp_path)

    assert outcome.returncode == 0, outcome.stderr


@pytest.mark.parametrize("left_out", ["SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "REDIS_URL"])
def test_the_site_refuses_to_start_without_what_is_required(left_out, tmp_path):
    outcome = start_settings({**environment("web", example()), left_out: ""}, tmp_path)

    assert outcome.returncode != 0
    assert outcome.stderr.startswith("Opora cannot start:")
    assert left_out in outcome.stderr
    assert "Traceback" not in outcome.stderr


def test_no_secret_is_written_down():
    for name, service in SERVICES.items():
        for key, value in service.get("environment", {}).items():
            if re.search("SECRET|PASSWORD", key) or "://opora:" in str(value):
                assert VARIABLE.search(str(value)), f"{key} of {name}"


@pytest.mark.parametrize("name", SERVICES)
def test_every_service_runs_with_few_rights(name):
    service = SERVICES[name]

    assert service["user"] not in ("root", "0", "0:0")
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]


@pytest.mark.parametrize("name", SERVICES)
def test_every_service_that_stays_has_a_health_check(name):
    check = SERVICES[name]["healthcheck"]

    assert check.get("disable") is (True if name == "migrate" else None)


def test_every_image_has_a_version():
    images = [service["image"] for service in SERVICES.values()]
    images += re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE)

    for image in images:
        assert re.fullmatch(r".+:(?!latest).+", image), image


def test_the_site_waits_for_its_migration_and_its_servers():
    for name in ("web", "worker", "beat"):
        conditions = {
            key: value["condition"] for key, value in SERVICES[name]["depends_on"].items()
        }
        assert conditions == {
            "migrate": "service_completed_successfully",
            "postgres": "service_healthy",
            "redis": "service_healthy",
        }
    assert set(SERVICES["migrate"]["depends_on"]) == {"postgres", "redis"}


def test_every_volume_is_named():
    for service in SERVICES.values():
        for volume in service.get("volumes", []):
            assert volume.split(":")[0] in COMPOSE["volumes"]


def test_ports_are_published_on_loopback_only():
    for service in SERVICES.values():
        for port in service.get("ports", []):
            assert port.startswith("127.0.0.1:")


def commands() -> list[list[str]]:
    """Every command that the image is asked to run."""
    found = [SERVICES[name]["command"] for name in SITE if "command" in SERVICES[name]]
    for line in re.findall(r"(?:^|[^_])CMD (\[.*\])$", DOCKERFILE, re.MULTILINE):
        found.append(yaml.safe_load(line))
    for name in SITE:
        kind, *words = SERVICES[name]["healthcheck"].get("test", ["NONE"])
        if kind == "CMD":
            found.append(words)
        elif kind == "CMD-SHELL":
            found.append(shlex.split(words[0]))
    return found


@pytest.mark.parametrize("command", commands(), ids=" ".join)
def test_every_command_exists_in_the_image(command):
    program = command[0]
    assert program in ("python", "kill") or (venv_python().parent / program).exists()
    if "manage.py" in command:
        asked = subprocess.run(
            [sys.executable, *command[1:3], "--help"], cwd=ROOT, capture_output=True
        )
        assert asked.returncode == 0
    if command[:2] == ["python", "-m"]:
        assert (ROOT / f"{command[2].replace('.', '/')}.py").exists()


def test_gunicorn_accepts_its_configuration(tmp_path):
    [command] = [command for command in commands() if command[0] == "gunicorn"]

    outcome = subprocess.run(
        [sys.executable, "-m", *command, "--check-config"],
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            **environment("web", example()),
            "OPORA_VAR": str(tmp_path),
        },
        capture_output=True,
        text=True,
    )

    assert outcome.returncode == 0, outcome.stderr


def test_the_paths_of_health_checks_are_urls_of_the_site():
    paths = re.findall(r"\"(/\w+)\"\]", DOCKERFILE)
    paths += [word for command in commands() for word in command if re.fullmatch(r"/\w+z", word)]

    assert {resolve(path).url_name for path in paths} == {"livez", "readyz"}


def test_a_health_check_calls_the_site_by_a_name_it_answers_to(monkeypatch):
    monkeypatch.setenv("ALLOWED_HOSTS", ".example.com, other.example.com")
    assert healthcheck.host_header() == "example.com"

    monkeypatch.setenv("ALLOWED_HOSTS", "*")
    assert healthcheck.host_header() == "localhost"


def test_a_site_that_does_not_listen_is_not_healthy(unused_port):
    assert not healthcheck.healthy("/livez", unused_port)


def test_the_image_installs_from_the_hashed_pins_and_runs_as_nobody_special():
    assert "--require-hashes -r requirements-scale.txt" in DOCKERFILE
    users = re.findall(r"^USER (\S+)", DOCKERFILE, re.MULTILINE)
    assert users == ["opora"]
    assert DOCKERFILE.index("USER opora") < DOCKERFILE.index("collectstatic")
    assert all(SERVICES[name]["user"] == "10001:10001" for name in SITE)
    assert "--uid 10001" in DOCKERFILE
    assert "--gid 10001" in DOCKERFILE


def test_the_image_gets_every_app_and_nothing_that_is_not_named(line_of_packages):
    kept = {
        line.removeprefix("!")
        for line in (ROOT / ".dockerignore").read_text().splitlines()
        if line.startswith("!")
    }

    assert set(line_of_packages) <= kept
    assert {"manage.py", "ops", "locale", "templates", "requirements-scale.txt"} <= kept
    assert "*" in (ROOT / ".dockerignore").read_text().splitlines()
    for name in kept:
        assert (ROOT / name).exists(), name


def test_gunicorn_says_in_one_sentence_what_setting_is_refused(tmp_path, unused_port):
    outcome = subprocess.run(
        [
            *(sys.executable, "-m", "gunicorn", "--config", "python:ops.gunicorn"),
            *("--bind", f"127.0.0.1:{unused_port}", "lms.wsgi:application"),
        ],
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            **environment("web", example()),
            "OPORA_VAR": str(tmp_path),
            "SECRET_KEY": "short",
        },
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert outcome.returncode != 0
    assert "Opora cannot start: SECRET_KEY is shorter than 32 characters." in outcome.stderr
    assert "Traceback" not in outcome.stderr
