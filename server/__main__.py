"""The programs of the house: `python -m server up | web | simulator | demo`, and for who runs it `rotate-secrets`,
`suspend SLUG` and `resume SLUG`; `openapi` prints the native API's document. `python -m workers` has the others.
"""

import argparse
import sys
from collections.abc import Callable

from server.processes import CannotStart
from server.settings import Settings, SettingsError

EXIT_REFUSED = 2
# Longer than a web process takes to finish the requests under way.
DRAIN_SECONDS = 30


def _up(settings: Settings) -> int:
    from server import up

    return up.run(settings)


def _web(settings: Settings) -> int:
    if settings.web_concurrency > 1:
        from server import copies, store_safety

        store_safety.first_look(settings)
        return copies.run(
            ("server", "web-process"), copies=settings.web_concurrency, stop_seconds=DRAIN_SECONDS
        )
    return _web_process(settings)


def _web_process(settings: Settings) -> int:
    from server import app, logs

    logs.configure(settings.log_level, settings.log_format)
    app.serve(settings)
    return 0


def _simulator(settings: Settings) -> int:
    import uvloop

    from server import logs
    from server.channels import simulator

    logs.configure(settings.log_level, settings.log_format)
    # On this machine only, whatever HOST says: it has no login.
    uvloop.run(simulator.serve("127.0.0.1", settings.simulator_port, settings.data_dir / "simulator"))
    return 0


def _demo(settings: Settings) -> int:
    from server import demo, logs

    logs.configure(settings.log_level, settings.log_format)
    demo.run(settings)
    return 0


def _rotate_secrets(settings: Settings) -> int:
    from server import rotation

    code, told = rotation.run(settings)
    print(told)
    return code


def _openapi(_settings: Settings) -> int:
    import json

    from server.dialects import native

    print(json.dumps(native.docs.document(native.routes), ensure_ascii=False))
    return 0


def _suspend(settings: Settings, slug: str) -> int:
    from server import suspension

    return suspension.suspend(settings, slug)


def _resume(settings: Settings, slug: str) -> int:
    from server import suspension

    return suspension.resume(settings, slug)


# Each imports what it runs only when it runs: a start should not pay for the other programs.
COMMANDS: dict[str, Callable[[Settings], int]] = {
    "up": _up,
    "web": _web,
    "web-process": _web_process,
    "simulator": _simulator,
    "demo": _demo,
    "rotate-secrets": _rotate_secrets,
    "openapi": _openapi,
}
ON_A_TENANT: dict[str, Callable[[Settings, str], int]] = {"suspend": _suspend, "resume": _resume}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m server", description=__doc__)
    parser.add_argument("command", choices=[*COMMANDS, *ON_A_TENANT])
    parser.add_argument("slug", nargs="?", help="of the tenant: for suspend and resume")
    given = parser.parse_args()
    if (given.command in ON_A_TENANT) != (given.slug is not None):
        parser.error("suspend and resume, and only they, are told a tenant's slug")
    try:
        settings = Settings.load()
    except SettingsError as refusal:
        print(f"Configuração inválida:\n{refusal}", file=sys.stderr)
        return EXIT_REFUSED
    try:
        if given.slug is not None:
            return ON_A_TENANT[given.command](settings, given.slug)
        return COMMANDS[given.command](settings)
    except CannotStart as refusal:
        print(refusal, file=sys.stderr)
        return EXIT_REFUSED


if __name__ == "__main__":
    sys.exit(main())
