"""What production reads, against what the code offers: no Docker is needed to see them drift apart."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from server.__main__ import COMMANDS
from server.settings import SecretFiles, Settings

ROOT = Path(__file__).parents[2]
SETTINGS = {name.upper() for name in Settings.model_fields} | {
    f"{name.upper()}_FILE" for name in SecretFiles.NAMES
}


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    parsed: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    return parsed


def ours(compose: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {name: part for name, part in compose["services"].items() if part["image"] == "balcao"}


def test_compose_sets_only_settings_that_exist(compose: dict[str, Any]) -> None:
    assert set(ours(compose)) == {"web", "worker", "clock", "secrets"}
    for part in ours(compose).values():
        assert set(part["environment"]) <= SETTINGS


def test_compose_gives_our_containers_nothing_they_do_not_need(compose: dict[str, Any]) -> None:
    for name, part in ours(compose).items():
        assert part["read_only"], name
        assert part["cap_drop"] == ["ALL"], name
        assert part["stop_grace_period"] == "40s", name
        assert "ports" not in part, name
    assert compose["networks"]["stores"]["internal"]
    assert {compose["services"][store]["networks"][0] for store in ("mongo", "valkey")} == {"stores"}


def test_compose_waits_for_what_each_container_needs(compose: dict[str, Any]) -> None:
    services = compose["services"]
    for part in services.values():
        for needed, how in part.get("depends_on", {}).items():
            if how["condition"] == "service_healthy":
                assert "test" in services[needed]["healthcheck"], needed


def test_compose_keeps_what_must_not_be_lost(compose: dict[str, Any]) -> None:
    services = compose["services"]
    assert "--replSet" in services["mongo"]["command"]
    assert services["valkey"]["command"][1:3] == ["--appendonly", "yes"]
    mounted = {mount.partition(":")[0] for part in services.values() for mount in part.get("volumes", [])}
    assert set(compose["volumes"]) <= mounted


def commands() -> set[str]:
    procfile = {line.partition(": ")[2] for line in (ROOT / "Procfile").read_text().splitlines()}
    parsed = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    composed = {" ".join(part["command"]) for name, part in ours(parsed).items() if name != "secrets"}
    assert procfile == composed
    return procfile


def test_procfile_and_compose_run_the_same_programs_and_they_exist() -> None:
    for command in commands():
        python, flag, module, *arguments = command.split()
        assert (python, flag) == ("python", "-m")
        assert (ROOT / module / "__main__.py").is_file()
        assert module != "server" or set(arguments) <= set(COMMANDS)


def test_the_image_runs_without_root_and_without_the_embedded_stores() -> None:
    dockerfile = (ROOT / "Dockerfile").read_text()
    final = dockerfile.rpartition("\nFROM ")[2]
    assert re.search(r"^USER balcao$", final, re.MULTILINE)
    assert "embedded" not in dockerfile
    sources = {
        word for line in re.findall(r"^COPY (.+)$", dockerfile, re.MULTILINE) for word in line.split()[:-1]
    }
    allowed = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    for source in sources:
        if not source.startswith(("--from", "/")):
            assert source.split("/")[0] in allowed, source
            assert (ROOT / source).exists(), source
