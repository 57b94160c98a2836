"""Nothing of the provider's records is told to anyone but the customer, verified in this conversation."""

import pytest

from server.desk.assistant import Outside
from server.integrations.sgp import Sgp
from tests.desk.assistant.conftest import Talk
from tests.fakes.sgp import (
    EMPRESA_CNPJ,
    HANGING_CPF,
    JOSE_CPF,
    MARIA_CPF,
    OLDEST_LINE,
    PASSWORDS,
    PIX,
    FakeSgp,
)

NOBODY = "390.533.447-05"


@pytest.fixture
def maria(talk: Talk, sgp: Sgp) -> Talk:
    """She writes from a number of her record."""
    talk.outside = Outside(records=sgp)
    return talk


@pytest.fixture
def stranger(maria: Talk) -> Talk:
    maria.phone = "5521977776666"
    return maria


async def test_second_copy(maria: Talk, fake_sgp: FakeSgp) -> None:
    assert "CPF" in str(await maria.says("preciso da segunda via do boleto"))
    assert fake_sgp.asked == []
    bill = str(await maria.says("529.982.247-25"))
    assert all(
        part in bill
        for part in ("R$ 1.123,45", "10/10/2026", PIX, OLDEST_LINE, "https://sgp.exemplo/2via/501")
    )
    assert fake_sgp.service_orders == 0
    # From now on she is known.
    assert PIX in str(await maria.says("quero pagar com pix"))


async def test_all_at_once(maria: Talk) -> None:
    assert PIX in str(await maria.says("segunda via do boleto, meu cpf é 52998224725"))


async def test_a_document_without_a_wish(maria: Talk) -> None:
    assert "confirmados" in str(await maria.says("529.982.247-25"))


async def test_no_open_invoice(maria: Talk, fake_sgp: FakeSgp) -> None:
    fake_sgp.paid_up = True
    assert "em dia" in str(await maria.says("segunda via, cpf 52998224725"))


async def test_by_birth_date(stranger: Talk, fake_sgp: FakeSgp) -> None:
    await stranger.says("segunda via do boleto")
    assert "data de nascimento" in str(await stranger.says(MARIA_CPF))
    assert PIX in str(await stranger.says("01/02/1980"))
    assert "titulos" in fake_sgp.paths()


async def test_a_wrong_birth_date_tells_nothing(stranger: Talk, fake_sgp: FakeSgp) -> None:
    await stranger.says("segunda via do boleto")
    await stranger.says(MARIA_CPF)
    refused = str(await stranger.says("02/02/1980"))
    assert "Não consegui confirmar" in refused
    assert set(fake_sgp.paths()) == {"consultacliente"}


async def test_a_stranger_cannot_tell_who_is_a_customer(stranger: Talk) -> None:
    """What nobody has and what is another's sound the same."""
    await stranger.says("segunda via do boleto")
    known = [await stranger.says(text) for text in (MARIA_CPF, "02/02/1981")]
    unknown = [await stranger.says(text) for text in (NOBODY, "02/02/1981")]
    assert known == unknown


async def test_guessing_ends(stranger: Talk, fake_sgp: FakeSgp) -> None:
    await stranger.says("segunda via do boleto")
    for birth_date in ("01/01/1980", "02/01/1980", "03/01/1980"):
        await stranger.says(MARIA_CPF)
        told = await stranger.says(birth_date)
        assert ("atendente" in str(told)) is (birth_date == "03/01/1980")
    assert (await stranger.conversation())["escalated_at"]
    assert await stranger.says("01/02/1980") is None


async def test_a_mistyped_document(maria: Talk, fake_sgp: FakeSgp) -> None:
    await maria.says("segunda via do boleto")
    assert "não confere" in str(await maria.says("529.982.247-24"))
    assert fake_sgp.asked == []
    assert PIX in str(await maria.says("529.982.247-25"))


async def test_the_neighbours_document_opens_nothing(maria: Talk, fake_sgp: FakeSgp) -> None:
    """Maria's phone, José's CPF."""
    await maria.says("segunda via do boleto")
    assert "data de nascimento" in str(await maria.says(JOSE_CPF))
    assert set(fake_sgp.paths()) == {"consultacliente"}


async def test_a_company_is_for_people_unless_its_phone_writes(stranger: Talk) -> None:
    await stranger.says("segunda via do boleto")
    assert "atendente" in str(await stranger.says(EMPRESA_CNPJ))


async def test_verified_in_one_conversation_is_not_verified_in_another(maria: Talk) -> None:
    assert PIX in str(await maria.says("segunda via, cpf 52998224725"))
    await maria.house.db.conversations.update_all({}, {"$set": {"open": False, "status": "CLOSED"}})
    assert "CPF" in str(await maria.says("segunda via do boleto"))


async def test_no_password_reaches_the_store(maria: Talk) -> None:
    await maria.says("segunda via, cpf 52998224725")
    kept = [await maria.conversation(), await maria.memory(), await maria.messages()]
    stored = str([kept, await maria.house.db.events.all()])
    assert not any(password in stored for password in PASSWORDS)


async def test_access_and_a_ticket(maria: Talk, fake_sgp: FakeSgp) -> None:
    fake_sgp.online = False
    await maria.says("estou sem internet")
    assert "offline" in str(await maria.says("529.982.247-25"))
    assert "2026000001" in str(await maria.says("sim, por favor"))
    # However often it is asked for, it is one.
    assert "2026000001" in str(await maria.says("abre um chamado"))
    assert len(fake_sgp.tickets) == 1
    assert "sim, por favor" in fake_sgp.tickets[0]["conteudo"]
    await maria.says("quero falar com um atendente")
    note = await maria.note()
    assert "Chamado aberto: 2026000001." in note
    assert "Cliente confirmado: MARIA DA SILVA. Contratos: 1001 FIBRA 300 (Ativo)." in note


async def test_no_ticket_against_her_will(maria: Talk, fake_sgp: FakeSgp) -> None:
    await maria.says("estou sem internet, cpf 52998224725")
    assert "não vou abrir" in str(await maria.says("não"))
    assert fake_sgp.tickets == []


@pytest.mark.parametrize(
    "wish", ["quero falar com uma pessoa", "quero a segunda via do boleto", "pode me passar a senha do wifi?"]
)
async def test_another_wish_is_no_yes(maria: Talk, fake_sgp: FakeSgp, wish: str) -> None:
    await maria.says("estou sem internet, cpf 52998224725")
    assert "chamado" not in str(await maria.says(wish)).lower()
    assert fake_sgp.tickets == []


@pytest.mark.parametrize("yes", ["quero sim", "claro, obrigado", "sim, continua sem internet", "pode abrir"])
async def test_a_yes_in_many_words(maria: Talk, fake_sgp: FakeSgp, yes: str) -> None:
    await maria.says("estou sem internet, cpf 52998224725")
    assert "2026000001" in str(await maria.says(yes))


async def test_a_ticket_that_nobody_knows_of_is_not_opened_again(maria: Talk, fake_sgp: FakeSgp) -> None:
    await maria.says("oi, meu cpf é 52998224725")
    fake_sgp.fault = "slow"
    assert "Não consegui consultar" in str(await maria.says("abre um chamado"))
    fake_sgp.fault = None
    with_it = {"escalated_at": None, "with_assistant": True}
    await maria.house.db.conversations.update_all({}, {"$set": with_it})
    assert "atendente" in str(await maria.says("abre um chamado"))
    assert fake_sgp.tickets == []


async def test_which_of_two_contracts(maria: Talk, fake_sgp: FakeSgp) -> None:
    fake_sgp.second_contract = True
    await maria.says("estou sem internet")
    listed = str(await maria.says("52998224725"))
    assert "1) FIBRA 300 (Ativo)\n2) FIBRA 600 (Suspenso)" in listed
    assert "suspenso" in str(await maria.says("2"))
    assert "verificaacesso" not in fake_sgp.paths()


@pytest.mark.parametrize("document", ["529.982.247-25", HANGING_CPF])
async def test_records_that_do_not_answer(maria: Talk, fake_sgp: FakeSgp, document: str) -> None:
    fake_sgp.fault = "error" if document != HANGING_CPF else None
    await maria.says("segunda via do boleto")
    assert "Não consegui consultar o sistema" in str(await maria.says(document))
    assert (await maria.conversation())["escalated_at"]
