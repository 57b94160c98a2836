"""`python -m tests.audit` (`make audit`): does anything that we install have a known vulnerability?

The tools that are asked, pip-audit and npm audit, also end well when they could look nothing up. So they are first asked
about a package that is known to be bad, and everything of ours must really have been looked up.

Exit codes: 0 nothing found, 1 something found, 3 it could not be looked up, which says nothing about safety.
"""

import json
import os
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parent.parent
FOUND, NOT_LOOKED_UP = 1, 3
PATIENCE_SECONDS = 600
GRAVE = ("high", "critical")
# Known to be bad for years: whoever finds nothing in these finds nothing at all.
BAD_WHEEL = "pyyaml==5.3"
BAD_PACKAGE = ("minimist", "0.0.8")


class Unanswered(Exception):
    """Nothing is known of some or all packages; the text says why."""


class Answer(NamedTuple):
    looked_up: int  # packages
    findings: tuple[str, ...]


def main() -> int:
    looks: dict[str, Callable[[], Answer]] = {
        "Python (what is installed here)": python,
        "npm (what is shipped)": lambda: npm("--omit=dev"),
        "npm (with the tools)": npm,
    }
    codes = [_look(what, look) for what, look in looks.items()]
    return max(codes)


def _look(what: str, look: Callable[[], Answer]) -> int:
    try:
        answer = look()
    except Unanswered as unanswered:
        print(f"{what}: NOT LOOKED UP. This says nothing about safety.\n  {unanswered}", file=sys.stderr)
        return NOT_LOOKED_UP
    print(f"{what}: {answer.looked_up} packages looked up, {len(answer.findings)} findings")
    for finding in answer.findings:
        print(f"  {finding}")
    return FOUND if answer.findings else 0


# Python


def python() -> Answer:
    """Everything in this environment, which must have all that is pinned. Raises Unanswered."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as canary:
        canary.write(BAD_WHEEL)
        canary.flush()
        if not _pip_audit("--requirement", canary.name, "--no-deps", "--disable-pip").findings:
            raise Unanswered(f"{_osv_url()} knows nothing against {BAD_WHEEL}.")
    return _pip_audit("--local", wanted=pinned())


def _pip_audit(*arguments: str, wanted: Collection[str] = ()) -> Answer:
    service = ("--vulnerability-service", "osv", "--osv-url", _osv_url())
    options = ("--format", "json", "--progress-spinner", "off")
    out, err = _ran(sys.executable, "-m", "pip_audit", *service, *options, *arguments)
    return read_pip_audit(out, err, wanted=wanted)


def _osv_url() -> str:
    return os.environ.get("OSV_URL", "https://api.osv.dev/v1/query")


def read_pip_audit(out: str, err: str, *, wanted: Collection[str]) -> Answer:
    told = _json(out, err).get("dependencies", [])
    if skipped := [each for each in told if "skip_reason" in each]:
        names = ", ".join(each["name"] for each in skipped)
        raise Unanswered(f"{len(skipped)} of {len(told)} were skipped: {names}. {skipped[0]['skip_reason']}")
    if not told:
        raise Unanswered("pip-audit looked at nothing.")
    if missing := {*wanted} - {_normal(each["name"]) for each in told}:
        raise Unanswered(f"Not installed here, or not looked up: {', '.join(sorted(missing))}.")
    found = (f"{each['name']} {each['version']}: {bad['id']}" for each in told for bad in each["vulns"])
    return Answer(len(told), tuple(found))


def pinned() -> set[str]:
    """What pyproject.toml pins for production and development."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    pins = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    return {_normal(pin.partition("==")[0]) for pin in pins}


def _normal(name: str) -> str:
    return name.strip().lower().replace("_", "-").replace(".", "-")


# npm


def npm(*options: str) -> Answer:
    """Of static/package-lock.json; findings below `high` are not told. Raises Unanswered."""
    with tempfile.TemporaryDirectory() as canary:
        _write_bad_project(Path(canary))
        if not _npm_audit(Path(canary)).findings:
            raise Unanswered(f"The registry knows nothing against {' '.join(BAD_PACKAGE)}.")
    return _npm_audit(ROOT / "static", *options)


def _write_bad_project(folder: Path) -> None:
    name, version = BAD_PACKAGE
    project = {"name": "canary", "version": "1.0.0", "dependencies": {name: version}}
    address = f"https://registry.npmjs.org/{name}/-/{name}-{version}.tgz"
    packages = {"": project, f"node_modules/{name}": {"version": version, "resolved": address}}
    lock = {**project, "lockfileVersion": 3, "requires": True, "packages": packages}
    (folder / "package.json").write_text(json.dumps(project))
    (folder / "package-lock.json").write_text(json.dumps(lock))


def _npm_audit(folder: Path, *options: str) -> Answer:
    ran = _ran("npm", "--prefix", str(folder), "audit", "--json", "--package-lock-only", *options)
    return read_npm_audit(*ran)


def read_npm_audit(out: str, err: str) -> Answer:
    told = _json(out, err)
    if "auditReportVersion" not in told:
        raise Unanswered(str(told.get("message") or told.get("error") or told)[:300])
    total = told["metadata"]["dependencies"]["total"]
    if not total:
        raise Unanswered("npm audit looked at nothing.")
    found = (
        f"{name}: {bad['severity']}"
        for name, bad in told["vulnerabilities"].items()
        if bad["severity"] in GRAVE
    )
    return Answer(total, tuple(found))


def _json(out: str, err: str) -> dict[str, Any]:
    try:
        told: dict[str, Any] = json.loads(out)
    except json.JSONDecodeError as broken:
        lines = (err or out).strip().splitlines() or ["no answer at all"]
        raise Unanswered(lines[-1][:300]) from broken
    return told


def _ran(*command: str) -> tuple[str, str]:
    """Standard output and error. The exit code is not asked: it is the same for findings and for failures."""
    try:
        ran = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired) as failed:
        raise Unanswered(str(failed)) from failed
    return ran.stdout, ran.stderr


if __name__ == "__main__":
    sys.exit(main())
