"""`python -m workers`: all queues, a process each; `python -m workers inbound|outbound|media`: one; `clock`: the clock.

`python -m workers replay`: the journal applied once more (see workers/replay.py).
"""

import asyncio
import sys

from server import copies, logs, store_safety
from server.jobs import QueueName
from server.processes import CannotStart
from server.settings import Settings, SettingsError
from workers import clock, process

EXIT_REFUSED = 2
# Longer than a worker gives its lanes to finish what they have in hand.
STOP_SECONDS = 15


def main(arguments: list[str]) -> int:
    try:
        settings = Settings.load()
    except SettingsError as refusal:
        print(f"Configuração inválida:\n{refusal}", file=sys.stderr)
        return EXIT_REFUSED
    logs.configure(settings.log_level, settings.log_format)
    try:
        store_safety.first_look(settings)
    except CannotStart as refusal:
        print(refusal, file=sys.stderr)
        return EXIT_REFUSED
    match arguments:
        case []:
            queues = [("workers", queue) for queue in QueueName]
            return copies.run(*queues, copies=settings.worker_processes, stop_seconds=STOP_SECONDS)
        case ["replay", *given]:
            from workers import replay

            return asyncio.run(replay.run(settings, replay.arguments(given)))
        case ["clock"]:
            asyncio.run(clock.run(settings))
        case [name] if name in list(QueueName):
            process.work(settings, QueueName(name))
        case _:
            print(f"usage: python -m workers [clock|replay|{'|'.join(QueueName)}]", file=sys.stderr)
            return EXIT_REFUSED
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
