"""What the assistant remembers of a customer is told to nobody: not in the feed, an answer, a frame or a log."""

from typing import Any

import orjson
import pytest

from server.channels.simulator import Simulator
from server.channels.simulator.play import PlayedCustomer
from server.logs import CHATTERERS
from tests.channels.conftest import House
from tests.channels.test_answering import decided, said
from tests.channels.test_assistant import LIA, conversation_of, gemini_url, settings, sgp_connected
from tests.factories import body_of, made
from tests.fakes.gemini import FakeGemini
from tests.fakes.models import KEY, calls, reply
from tests.fakes.sgp import LINE, MARIA_CPF, FakeSgp
from tests.isp import as_person
from tests.realtime.conftest import Connect, Ear, connect
from tests.realtime.plain import Dial, dial

__all__ = ["connect", "dial", "gemini_url", "settings", "sgp_connected"]
Json = dict[str, Any]
NAME, PLAN = "MARIA CANARIA DA SILVA", "FIBRA CANARIO 7F3A"
BORN = "01/02/1980"
# As the memory has them. The customer writes hers with dots, which is a message like any other.
CPF, CODE = MARIA_CPF, LINE
WRITTEN = "529.982.247-25"


@pytest.fixture
def stranger(house: House) -> PlayedCustomer:
    """She writes from a number that is not in her record, so that she is asked for more."""
    return house.number.customer("5521977776666", name="Mari")


@pytest.fixture
async def records(house: House, sgp_connected: FakeSgp) -> FakeSgp:
    sgp_connected.maria = {"razaoSocial": NAME, "servico_plano": PLAN, "planointernet": PLAN}
    await made(house.session, "/api/integrations", kind="GEMINI", key=KEY)
    await decided(house, assistant=LIA)
    return sgp_connected


async def asked_everywhere(house: House, conversation: str) -> str:
    """Each answer that has to do with a conversation, in both dialects; and every verb, so that its event is told."""
    ana, person = house.session, await as_person(house.session)
    texts = []
    for method, path, body in (
        ("PATCH", f"/api/conversations/{conversation}", {"priority": "HIGH"}),
        ("POST", f"/api/conversations/{conversation}/notes", {"content": "cliente antiga"}),
        ("POST", f"/api/conversations/{conversation}/read", None),
        ("GET", "/api/conversations", None), ("GET", f"/api/conversations/{conversation}", None),
        ("GET", f"/api/conversations/{conversation}/messages", None), ("GET", "/api/queue", None),
        ("GET", "/api/events", None), ("GET", "/api/contacts", None), ("GET", "/api/integrations", None),
    ):  # fmt: skip
        answer = await ana.request(method, path, json=body)
        texts.append(await answer.text())
        assert answer.status < 300, (path, texts[-1])
    paths = ("/conversations", f"/conversations/{conversation}", "/chatbot/status", "/dashboard/queue")
    texts += [await (await person.get(path)).text() for path in paths]
    question = {"message": "oi", "conversation_id": conversation}
    texts.append(str(await body_of(await person.post("/chatbot/message", question))))
    return "\n".join(texts)


async def taken_by_people(house: House, conversation: str) -> str:
    texts = []
    for verb, body in (("claim", None), ("close", None), ("reopen", None)):
        answer = await house.session.post(f"/api/conversations/{conversation}/{verb}", body)
        texts.append(await answer.text())
        assert answer.status == 200, texts[-1]
    return "\n".join(texts)


async def remembered(house: House) -> str:
    return str(await house.session.db.assistant_memories.all())


def frames(ear: Ear, line: Any) -> str:
    return str(ear.heard) + orjson.dumps(line.heard).decode()


async def test_nothing_of_the_memory_is_told(
    *,
    house: House, simulator: Simulator, stranger: PlayedCustomer, records: FakeSgp, fake_gemini: FakeGemini,
    connect: Connect, dial: Dial, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    caplog.set_level("DEBUG")
    for chatterer in CHATTERERS:  # as in the house, however talkative it is made
        caplog.set_level("WARNING", chatterer)
    ear, line = await connect(house.session), await dial(house.session)
    told = await said(house, simulator, stranger, f"oi, meu cpf é {WRITTEN}")
    conversation = (await conversation_of(house))["_id"]
    assert CPF in await remembered(house)  # until the birth date has decided
    answers = await asked_everywhere(house, conversation)

    fake_gemini.then(
        calls(("listar_contratos", {})), calls(("faturas_em_aberto", {})), reply("Há faturas em aberto.")
    )
    told = await said(house, simulator, stranger, f"nasci em {BORN}, tenho contas a pagar?")
    assert told[-1] == "Há faturas em aberto."
    memory = await remembered(house)
    assert all(secret in memory for secret in (NAME, PLAN, CODE))
    answers += await asked_everywhere(house, conversation) + await taken_by_people(house, conversation)
    await ear.settles()
    await line.settles()

    events = await house.session.db.events.all()
    kinds = [event["kind"] for event in events]
    assert kinds.count("conversation.changed") >= 6
    assert set(kinds) >= {"conversation.opened", "message.added"}
    assert (ear.all("conversation:updated"), line.all("conversation_assigned")) > ([], [])
    kept = [await getattr(house.session.db, noun).all() for noun in ("conversations", "messages", "contacts")]
    written = capsys.readouterr()
    places = {
        "feed": str(events), "documents": str(kept), "answers": answers, "frames": frames(ear, line),
        "logs": written.out + written.err + caplog.text,
    }  # fmt: skip
    for place, text in places.items():
        assert [secret for secret in (CPF, NAME, PLAN, CODE) if secret in text] == [], place
    assert WRITTEN in places["feed"]
    assert "Há faturas em aberto." in places["frames"]
