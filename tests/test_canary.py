"""The whole journey with secrets that would be known anywhere, its failures first; then everything is searched for them."""

import asyncio
import itertools
import os
import re
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pymongo
import pytest
import redis
import socketio
from cryptography.fernet import Fernet

from server.channels.simulator import Simulator
from server.channels.simulator.play import PlayedNumber
from server.jobs import QueueName
from server.processes import Process, kill_group, spawn, stop
from server.settings import Settings
from tests import canary
from tests.canary import Canaries, Visitor
from tests.conftest import free_port
from tests.workers import environment

Json = dict[str, Any]
NOBODY = "127.0.0.1:9"
CUSTOMER = "5511999999999"


@pytest.fixture
def canaries() -> Canaries:
    return Canaries()


@pytest.fixture
def guarded_mongo(stores: Any, canaries: Canaries) -> Iterator[str]:
    """The URL of the store with a user and password in it."""
    with pymongo.MongoClient[Json](stores.mongo_url) as client:
        user, password = f"canary{os.getpid()}", canaries.hatch("MongoDB's password")
        roles = [{"role": "root", "db": "admin"}]
        client.admin.command("createUser", user, pwd=password, roles=roles)
        address = stores.mongo_url.removeprefix("mongodb://")
        yield f"mongodb://{user}:{password}@{address}&authSource=admin"
        client.admin.command("dropUser", user)


@pytest.fixture
def guarded_redis(redis_url: str, canaries: Canaries) -> Iterator[str]:
    with redis.Redis.from_url(redis_url) as client:
        user, password = f"canary{os.getpid()}", canaries.hatch("Redis's password")
        everything: Any = {"categories": ["+@all"], "keys": ["*"], "channels": ["*"]}
        client.acl_setuser(user, enabled=True, passwords=[f"+{password}"], **everything)
        yield redis_url.replace("unix://", f"unix://{user}:{password}@")
        client.acl_deluser(user)


@pytest.fixture
def settings(
    settings: Settings, simulator: Simulator, guarded_mongo: str, guarded_redis: str, canaries: Canaries
) -> Settings:
    secrets_key = Fernet.generate_key().decode()
    canaries.values["SECRETS_KEY"] = secrets_key
    ours = {
        "mongo_url": guarded_mongo,
        "redis_url": guarded_redis,
        "jwt_secret": canaries.hatch("JWT_SECRET"),
        "secrets_key": (secrets_key,),
        "metrics_token": canaries.hatch("METRICS_TOKEN"),
        "graph_api_url": simulator.url,
        "simulator_url": simulator.url,
        "silence_after": 6.0,
        "alarm_every": 1.0,
    }
    return settings.model_copy(update=ours)


@pytest.fixture
async def number(simulator: Simulator, canaries: Canaries) -> PlayedNumber:
    secrets: Json = {name: canaries.hatch(name) for name in ("accessToken", "appSecret", "verifyToken")}
    return await simulator.add_number(**secrets)


class Programs:
    """The house's processes, each with a log of its own, as talkative as they can be: every other one in JSON."""

    def __init__(self, settings: Settings, folder: Path) -> None:
        self._folder = folder
        self._formats = itertools.cycle(("json", "text"))
        self._processes: list[Process] = []
        talk = {"LOG_LEVEL": "DEBUG", "PYTHONASYNCIODEBUG": "1", "PYTHONWARNINGS": "default"}
        own = {"METRICS_TOKEN": str(settings.metrics_token), "SIMULATOR_URL": str(settings.simulator_url)}
        self._env = environment(settings) | talk | own

    async def start(self, name: str, *command: str, **env: str) -> Process:
        with (self._folder / f"{name}.log").open("wb") as log:
            told = {**self._env, "LOG_FORMAT": next(self._formats), **env}
            process = await spawn([sys.executable, "-m", *command], env=told, stdout=log)
        self._processes.append(process)
        return process

    async def stop(self) -> None:
        await asyncio.gather(*(stop(process, within=15) for process in self._processes))

    async def kill(self) -> None:
        for process in self._processes:
            kill_group(process)
            await process.wait()


@pytest.fixture
async def programs(settings: Settings, tmp_path: Path) -> AsyncIterator[Programs]:
    """Web and a worker that fails over what it sends log in different formats, so that both are seen with tracebacks."""
    programs = Programs(settings, tmp_path)
    try:
        await programs.start("web", "server", "web")
        for queue in (QueueName.OUTBOUND, QueueName.INBOUND, QueueName.MEDIA):
            await programs.start(queue, "workers", queue)
        await programs.start("clock", "workers", "clock")
        yield programs
    finally:
        await programs.kill()


@pytest.fixture
async def visitor(settings: Settings, canaries: Canaries) -> AsyncIterator[Visitor]:
    visitor = Visitor(f"http://{settings.host}:{settings.port}", canaries)
    yield visitor
    await visitor.close()


async def eventually(look: Callable[[], Awaitable[Any]], *, within: float = 90) -> Any:
    deadline = time.monotonic() + within
    while not (seen := await look()):
        assert time.monotonic() < deadline, "it did not happen in time"
        await asyncio.sleep(0.1)
    return seen


async def test_no_secret_is_anywhere(
    *,
    programs: Programs,
    visitor: Visitor,
    canaries: Canaries,
    settings: Settings,
    simulator: Simulator,
    number: PlayedNumber,
    tmp_path: Path,
) -> None:
    storeless = await _without_stores(programs, canaries, settings)
    await eventually(lambda: _is_ready(visitor))
    session = await _comes_and_goes(visitor, canaries)
    channel = await _connects(visitor, canaries, session, simulator, number)
    await _is_verified(visitor, canaries, number, session["tenant"]["slug"])
    await _listens(visitor, settings, session)
    await _writes(visitor, session, simulator, number)
    await _is_scraped(visitor, canaries)
    await _breaks(visitor, session, settings, channel)
    await _asks_in_vain(visitor, storeless, session)
    rotation = await programs.start(
        "rotation", "server", "rotate-secrets", SECRETS_KEY=_with_another(settings)
    )
    refused = await programs.start("refused", "server", "web", JWT_SECRET="short", APP_ENV="production")
    assert (await rotation.wait(), await refused.wait()) == (0, 2)
    await programs.stop()

    assert visitor.leaks == []
    places = [
        *canary.logged(tmp_path),
        *canary.stored(settings.mongo_url, settings.mongo_database),
        *canary.remembered(settings.redis_url),
    ]
    assert [(place, text, found) for place, text in places if (found := canaries.found_in(text))] == []
    _the_search_was_worth_it(places, tmp_path)


def _the_search_was_worth_it(places: list[tuple[str, bytes]], folder: Path) -> None:
    """What went wrong was really logged, and what is kept is what it should be."""
    said = b"\n".join(text for place, text in places if ".log:" in place)
    for event in (b"http.failed", b"Traceback", b"store_down", b"alarm.raised", b"lane.failed"):
        assert event in said, event
    kept = b"\n".join(text for place, text in places if place.startswith("collection"))
    assert re.search(rb"password_hash.{5}\$2b\$", kept, re.DOTALL)
    assert re.search(rb"access_token.{5}gAAAAA", kept, re.DOTALL)
    assert {"collection webhook_inbox", "collection sessions", "collection events"} <= {p for p, _ in places}
    assert any(place.startswith("Redis") for place, _ in places)
    assert (folder / "rotation.log").read_text().count("\n") > 3


def _with_another(settings: Settings) -> str:
    return ",".join((Fernet.generate_key().decode(), *settings.secrets_key))


async def _is_ready(visitor: Visitor) -> bool:
    try:
        return (await visitor.ask("GET", "/ready"))[0] == 200
    except OSError:
        return False


async def _comes_and_goes(visitor: Visitor, canaries: Canaries) -> Json:
    """Signs up, mistypes, signs in, renews; leaves one session and comes back in another."""
    password, wrong = canaries.hatch("password"), canaries.hatch("wrong password")
    email = "ana@hotel.com"
    hotel = {"tenantName": "Hotel", "tenantSlug": "canario", "userName": "Ana", "email": email}
    await visitor.ask("POST", "/auth/register", {**hotel, "password": f"{password}{'x' * 60}"})
    await visitor.ask("POST", "/auth/register", {**hotel, "password": password, "surprise": wrong})
    await visitor.ask("POST", "/auth/register", {**hotel, "email": wrong, "password": password})
    await visitor.sign_in("/auth/register", {**hotel, "password": password})
    for body in (
        {"email": email, "password": wrong},
        {"email": email, "password": {"$gt": wrong}},
        {"email": email, "password": [password]},
        {"email": wrong, "password": password},
    ):
        assert (await visitor.ask("POST", "/auth/login", body))[0] in (400, 401)
    await visitor.ask("POST", "/auth/login", data=f'{{"password": "{password}", '.encode())
    session = await visitor.sign_in("/auth/login", {"email": email, "password": password})
    renewed = await visitor.sign_in("/auth/refresh", {"refreshToken": session["refreshToken"]})
    stolen = {"refreshToken": session["refreshToken"]}
    assert (await visitor.ask("POST", "/auth/refresh", stolen))[0] == 401
    assert (await visitor.ask("GET", "/auth/me", headers=_headers(renewed)))[0] == 401, "all of it is revoked"
    session = await visitor.sign_in("/auth/login", {"email": email, "password": password})
    changed = {"oldPassword": password, "newPassword": canaries.hatch("new password")}
    await visitor.ask(
        "POST", "/auth/change-password", {**changed, "oldPassword": wrong}, headers=_headers(session)
    )
    assert (await visitor.ask("POST", "/auth/change-password", changed, headers=_headers(session)))[0] < 300
    return await visitor.sign_in("/auth/login", {"email": email, "password": changed["newPassword"]})


def _headers(session: Json) -> dict[str, str]:
    return {"Authorization": f"Bearer {session['token']}", "X-Tenant-Slug": session["tenant"]["slug"]}


async def _connects(
    visitor: Visitor, canaries: Canaries, session: Json, simulator: Simulator, number: PlayedNumber
) -> Json:
    """A number: first with a token that the provider refuses, and by which it calls it."""
    headers, wrong = _headers(session), canaries.hatch("wrong access token")
    draft = {
        "type": "WHATSAPP_CLOUD", "name": "Recepção", "phoneNumberId": number.phone_number_id,
        "wabaId": number.waba_id, "accessToken": wrong, "appSecret": number.app_secret,
        "verifyToken": number.verify_token,
    }  # fmt: skip
    await visitor.ask("POST", "/api/channels", {**draft, "accessToken": f"{wrong} {wrong}"}, headers=headers)
    echo = f"the token {wrong} and also {number.verify_token} are not to our taste"
    for operation in ("subscribe", "node"):
        simulator.faults.add("error", code=99999, details=echo, operation=operation)
    status, channel = await visitor.ask("POST", "/api/channels", draft, headers=headers)
    assert (status, channel["status"]) == (201, "PENDING"), channel
    path = f"/api/channels/{channel['id']}"
    await visitor.ask("POST", f"{path}/check", headers=headers)
    echo = f"the token {number.access_token} and also {number.verify_token} are not to our taste"
    simulator.faults.clear()
    fault = simulator.faults.add("error", code=99999, details=echo, operation="subscribe")
    await visitor.ask("PATCH", path, {"accessToken": number.access_token}, headers=headers)
    simulator.faults.remove(fault.id)
    status, checked = await visitor.ask("POST", f"{path}/check", headers=headers)
    assert checked["status"] == "CONNECTED", checked
    return dict(channel)


async def _is_verified(visitor: Visitor, canaries: Canaries, number: PlayedNumber, slug: str) -> None:
    """The provider's handshake, which carries the verify token in its address."""
    for token in (number.verify_token, canaries.hatch("wrong verify token")):
        query = {"hub.mode": "subscribe", "hub.challenge": "1", "hub.verify_token": token}
        for path in ("/webhooks/whatsapp", f"/webhooks/whatsapp/{slug}"):
            await visitor.ask("GET", path, params=query)
        await visitor.ask("GET", "/webhooks/whatsapp", params={**query, "hub.mode": token})
        await visitor.ask("GET", f"/{token}", params={"token": token})


async def _listens(visitor: Visitor, settings: Settings, session: Json) -> None:
    """A socket whose client puts its token where it does not belong, and one that knows better."""
    url, token = f"http://{settings.host}:{settings.port}", session["token"]
    query = {"EIO": "4", "transport": "polling", "token": token}
    assert (await visitor.ask("GET", "/socket.io/", params=query))[0] == 200
    for address, auth in ((f"{url}?token={token}", {}), (url, {"token": f"{token}x"})):
        client = socketio.AsyncClient(reconnection=False)
        with pytest.raises(socketio.exceptions.ConnectionError):
            await client.connect(address, auth=auth, retry=False)
    client = socketio.AsyncClient(reconnection=False)
    await client.connect(url, auth={"token": token}, transports=["websocket"])
    await client.call("auth:refresh", {"token": token})
    await client.call("auth:refresh", {"token": f"{token}x"})
    await client.call("conversation:join", {"conversationId": token[:40], "token": token})
    await client.disconnect()


async def _writes(visitor: Visitor, session: Json, simulator: Simulator, number: PlayedNumber) -> None:
    """A customer and an agent; the provider accepts, refuses with an echo of the token, and has the channel parked."""
    headers = _headers(session)
    await number.customer(CUSTOMER, name="João").says("Olá")

    async def conversation() -> Any:
        _, page = await visitor.ask("GET", "/api/conversations", headers=headers)
        return page["data"]

    [row] = await eventually(conversation)

    async def sends(content: str) -> Any:
        body = {"conversationId": row["id"], "content": content}
        _, message = await visitor.ask("POST", "/api/messages", body, headers=headers)

        async def over() -> Any:
            _, found = await visitor.ask("GET", f"/api/messages/{message['id']}", headers=headers)
            return found if found["deliveryState"] in ("ACCEPTED", "FAILED") else None

        return over

    await eventually(await sends("Bom dia"))
    simulator.faults.add("error", code=99999, count=1, details=f"your token {number.access_token} is odd")
    assert (await eventually(await sends("Boa tarde")))["deliveryState"] == "FAILED"
    number.expire_token()
    simulator.faults.add("error", code=190, count=1, details=f"{number.access_token} has expired")
    await sends("Boa noite")

    async def alarmed() -> Any:
        return (await visitor.ask("GET", "/api/alarms", headers=headers))[1]["data"]

    await eventually(alarmed)
    for path in ("/api/events", "/api/channels", "/api/users", "/api/tenant"):
        assert (await visitor.ask("GET", path, headers=headers))[0] == 200


async def _is_scraped(visitor: Visitor, canaries: Canaries) -> None:
    for token, status in ((canaries.values["METRICS_TOKEN"], 200), (canaries.hatch("wrong scraper"), 403)):
        assert (await visitor.ask("GET", "/metrics", headers={"Authorization": f"Bearer {token}"}))[
            0
        ] == status
    for path in ("/health", "/ready", "/api/schema/", "/api/docs/"):
        assert (await visitor.ask("GET", path))[0] == 200


async def _breaks(visitor: Visitor, session: Json, settings: Settings, channel: Json) -> None:
    """Documents as no release of ours wrote them: web and workers fail over them, with a traceback."""
    with pymongo.MongoClient[Json](settings.mongo_url) as client:
        database = client[settings.mongo_database]
        ours = {"_id": channel["id"]}
        database.users.update_many({}, {"$set": {"number": "none"}})

        async def fails() -> bool:
            return (await visitor.ask("GET", "/auth/me", headers=_headers(session)))[0] == 500

        await eventually(fails)
        database.users.update_many({}, {"$set": {"number": 1}})
        sealed = database.channels.find_one(ours)
        assert sealed
        database.channels.update_one(ours, {"$set": {"status": "CONNECTED", "secrets.access_token": "torn"}})
        await asyncio.sleep(3)  # a worker sweeps every two seconds, and this channel has something to send
        database.channels.update_one(ours, {"$set": {"secrets": sealed["secrets"], "number": {"odd": 1}}})
        assert (await visitor.ask("GET", "/api/channels", headers=_headers(session)))[0] == 500
        database.channels.update_one(ours, {"$set": {"number": 1}})


async def _without_stores(programs: Programs, canaries: Canaries, settings: Settings) -> str:
    """The address of a web process whose stores are not there, with passwords in their addresses."""
    port, password = free_port(), canaries.hatch("password of a store that is away")
    away = {"MONGO_URL": f"mongodb://u:{password}@{NOBODY}/", "REDIS_URL": f"redis://u:{password}@{NOBODY}/0"}
    await programs.start("storeless", "server", "web", PORT=str(port), **away)
    return f"http://{settings.host}:{port}"


async def _asks_in_vain(visitor: Visitor, address: str, session: Json) -> None:
    login = {"email": "ana@hotel.com", "password": session["token"][-60:]}
    answers = await asyncio.gather(
        visitor.ask("GET", "/auth/me", at=address, headers=_headers(session)),
        visitor.ask("POST", "/auth/login", login, at=address),
    )
    assert [status for status, _ in answers] == [503, 503]
