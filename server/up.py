"""`make run`: the whole house on one machine, with stores, simulator and a demo tenant, until Ctrl-C."""

import asyncio
import contextlib
import os
import socket
import sys
import time
from collections.abc import Sequence
from functools import partial

from server import embedded
from server.embedded import Store
from server.logs import in_colour
from server.processes import PIPE, CannotStart, spawn, stop
from server.settings import Settings
from server.supervisor import Program, Supervisor, until_asked_to_stop

LOOPBACK = "127.0.0.1"
READY_SECONDS = 60
ANSWER_SECONDS = 5
POLL_SECONDS = 0.05
DEMO_STOP_SECONDS = 1
EXIT_FAILED = 1
FRONT = {"web", "simulator"}
# In the order of stopping; with the two of the stores these stay under the ten seconds of people's patience.
STOP_SECONDS = {"web": 2.0, "workers": 3.5, "clock": 1.0, "simulator": 1.0}
ANSI_COLOURS = {"web": 36, "workers": 35, "clock": 34, "simulator": 32, "mongod": 33, "redis": 33}


def run(settings: Settings) -> int:
    """Everything up until Ctrl-C or SIGTERM. Returns the exit code: 0 after a stop that was asked for."""
    try:
        asyncio.run(until_asked_to_stop(_open(settings), asked=lambda: print("\nEncerrando…", flush=True)))
    except CannotStart as refusal:
        print(f"\n{refusal}", file=sys.stderr)
        return EXIT_FAILED
    return 0


async def _open(settings: Settings) -> None:
    began = time.monotonic()
    if settings.app_env == "production":
        raise CannotStart(
            "`up` é para desenvolvimento: bancos embutidos, WhatsApp simulado. Veja docker-compose.yml."
        )
    _refuse_busy_ports(settings)
    with embedded.data_lock(settings.data_dir) as lock:
        async with Supervisor(_say, stop_first=tuple(STOP_SECONDS)) as supervisor:
            stores = await _stores(settings)
            await supervisor.start(*(Program(store.name, partial(store.start, lock)) for store in stores))
            env = _environment(settings, stores)
            programs = _programs(supervisor, settings, env)
            # The others get ready while the demo is looked after, and do not slow down what the welcome waits for.
            for name in FRONT & programs.keys():
                await supervisor.start(programs[name])
            await supervisor.unless_one_dies(_until_ready(settings))
            for name in programs.keys() - FRONT:
                await supervisor.start(programs[name])
            demo = await supervisor.unless_one_dies(_demo(env))
            supervisor.settle()
            print(_welcome(settings, stores, demo, seconds=time.monotonic() - began), flush=True)
            await asyncio.Event().wait()


def _refuse_busy_ports(settings: Settings) -> None:
    wanted = [("PORT", settings.host, settings.port)]
    if _simulates(settings):
        wanted.append(("SIMULATOR_PORT", LOOPBACK, settings.simulator_port))
    for variable, host, port in wanted:
        try:
            family = socket.AF_INET6 if ":" in host else socket.AF_INET
            socket.create_server((host, port), family=family).close()
        except OSError as error:
            hint = f"Encerre o outro programa ou escolha outra porta: {variable}={port + 10} make run"
            raise CannotStart(f"{host}:{port} não está livre ({error.strerror}).\n{hint}") from None


async def _stores(settings: Settings) -> list[Store]:
    """The stores that no URL names. Finding the binaries runs them once, so both are looked for at the same time."""
    makers = {"mongo_url": embedded.mongod, "redis_url": embedded.redis}
    missing = [make for name, make in makers.items() if name not in settings.model_fields_set]
    return await asyncio.gather(*(asyncio.to_thread(make, settings.data_dir) for make in missing))


def _simulates(settings: Settings) -> bool:
    """With GRAPH_API_URL set, messages go to the real WhatsApp and the simulator stays out."""
    return "graph_api_url" not in settings.model_fields_set


def _environment(settings: Settings, stores: Sequence[Store]) -> dict[str, str]:
    env = os.environ | {"DATA_DIR": str(settings.data_dir.absolute())}
    env |= {"MONGO_URL" if store.name == "mongod" else "REDIS_URL": store.url for store in stores}
    if _simulates(settings):
        simulator = f"http://{LOOPBACK}:{settings.simulator_port}"
        env |= {"SIMULATOR_URL": simulator, "GRAPH_API_URL": simulator}
    if "log_level" not in settings.model_fields_set:
        env["LOG_LEVEL"] = "WARNING"
    if in_colour():
        env["FORCE_COLOR"] = "1"
    return env


def _programs(supervisor: Supervisor, settings: Settings, env: dict[str, str]) -> dict[str, Program]:
    modules = {"web": ("server", "web"), "workers": ("workers",), "clock": ("workers", "clock")}
    if _simulates(settings):
        modules["simulator"] = ("server", "simulator")
    return {
        name: supervisor.program(name, _python(*module), env, stop_seconds=STOP_SECONDS[name])
        for name, module in modules.items()
    }


def _python(*module: str) -> tuple[str, ...]:
    return (sys.executable, "-m", *module)


async def _until_ready(settings: Settings) -> None:
    try:
        async with asyncio.timeout(READY_SECONDS):
            while not await _is_ready(settings):
                await asyncio.sleep(POLL_SECONDS)
    except TimeoutError:
        raise CannotStart(
            f"O servidor não ficou pronto em {READY_SECONDS} s; veja LOG_LEVEL=INFO make run"
        ) from None


async def _is_ready(settings: Settings) -> bool:
    with contextlib.suppress(OSError, TimeoutError):
        async with asyncio.timeout(ANSWER_SECONDS):
            reader, writer = await asyncio.open_connection(settings.host, settings.port)
            with contextlib.closing(writer):
                writer.write(b"GET /ready HTTP/1.0\r\nHost: balcao\r\n\r\n")
                return b" 200 " in await reader.readline()
    return False


async def _demo(env: dict[str, str]) -> str:
    """What `python -m server demo` says about how to log in."""
    process = await spawn(_python("server", "demo"), env=env, stdout=PIPE, stderr=None)
    try:
        said, _ = await process.communicate()
    finally:
        await stop(process, within=DEMO_STOP_SECONDS)
    text = said.decode(errors="replace").strip()
    if process.returncode != 0:
        raise CannotStart(f"A conta de demonstração não pôde ser criada.\n{text}")
    return text


def _welcome(settings: Settings, stores: Sequence[Store], demo: str, *, seconds: float) -> str:
    phone = f"http://{LOOPBACK}:{settings.simulator_port}/  (o cliente, num WhatsApp simulado)"
    local = f"{' e '.join(store.name for store in stores)} em {settings.data_dir}, só para desenvolvimento"
    where = {
        "Atendimento": f"{settings.public_url}/",
        "Telefone": phone if _simulates(settings) else "o do WhatsApp (GRAPH_API_URL)",
        "API": f"{settings.public_url}/api/docs/",
        "Entrar com": demo.replace("\n", f"\n{'':15}"),
        "Dados": local if stores else "os de MONGO_URL e REDIS_URL",
    }
    lines = "\n".join(f"  {name:<13}{place}" for name, place in where.items())
    return f"\nBalcão está no ar ({seconds:.1f} s). Ctrl-C encerra.\n\n{lines}\n"


def _say(name: str, line: str) -> None:
    prefix = f"{name:>9} │"
    if in_colour():
        prefix = f"\x1b[{ANSI_COLOURS.get(name, 37)}m{prefix}\x1b[0m"
    print(prefix, line, file=sys.stderr, flush=True)
