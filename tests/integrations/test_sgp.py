"""SGP's traps, each sprung once."""

from decimal import Decimal

import pytest

from server.desk.assistant.outside import RecordsFailed, Trouble
from server.integrations.sgp import Sgp
from server.outside import guarded_session
from tests.fakes.serving import served
from tests.fakes.sgp import (
    APP,
    EMPRESA_CNPJ,
    HANGING_CPF,
    JOSE_CPF,
    MARIA_CONTRACT,
    MARIA_CPF,
    MARIA_OTHER_CONTRACT,
    OLDEST_LINE,
    PASSWORDS,
    PIX,
    TOKEN,
    FakeSgp,
)  # fmt: skip


async def test_only_the_contracts_of_the_document(sgp: Sgp, fake_sgp: FakeSgp) -> None:
    """José's contract has the number of Maria's client id, and comes along."""
    fake_sgp.second_contract = True
    maria = await sgp.by_document(MARIA_CPF)
    assert maria
    assert [contract.id for contract in maria.contracts] == [MARIA_CONTRACT, MARIA_OTHER_CONTRACT]
    assert [contract.active for contract in maria.contracts] == [True, False]
    assert (maria.name, maria.document, str(maria.birth_date)) == ("MARIA DA SILVA", MARIA_CPF, "1980-02-01")
    assert maria.phones == ["1133334444", "11999999999"]


async def test_no_password_and_no_address_gets_out(sgp: Sgp) -> None:
    told = str(await sgp.by_document(MARIA_CPF))
    assert not any(secret in told for secret in (*PASSWORDS, "Rua Secreta", "login", "@"))


async def test_a_company_with_letters_in_its_number(sgp: Sgp) -> None:
    company = await sgp.by_document(EMPRESA_CNPJ)
    assert company
    assert (company.name, company.birth_date) == ("EMPRESA LTDA", None)


async def test_nobody(sgp: Sgp) -> None:
    assert await sgp.by_document("39053344705") is None


async def test_by_phone(sgp: Sgp) -> None:
    """A number that two people have is nobody's."""
    found = await sgp.by_phone("11999999999")
    assert found
    assert found.document == MARIA_CPF
    assert await sgp.by_phone("1133334444") is None
    assert await sgp.by_phone("11900000000") is None


async def test_access(sgp: Sgp, fake_sgp: FakeSgp) -> None:
    assert (await sgp.access(MARIA_CONTRACT)).online
    fake_sgp.online = False
    offline = await sgp.access(MARIA_CONTRACT)
    assert (offline.online, offline.text) == (False, "Serviço Offline")
    fake_sgp.wrong_contract = True
    with pytest.raises(RecordsFailed):
        await sgp.access(MARIA_CONTRACT)


async def test_open_invoices(sgp: Sgp) -> None:
    """Oldest first; neither paid nor cancelled ones, nor another contract's."""
    found = await sgp.open_invoices(MARIA_CONTRACT)
    assert [(invoice.id, str(invoice.due)) for invoice in found] == [
        ("501", "2026-10-10"), ("502", "2026-11-10"), ("503", "2026-12-10"),
    ]  # fmt: skip
    assert [invoice.amount for invoice in found] == [Decimal("1123.45"), Decimal("99.90"), Decimal("99.90")]


@pytest.mark.parametrize("alias", ["pix", "codigoPix", "copy"])
async def test_second_copy(sgp: Sgp, fake_sgp: FakeSgp, alias: str) -> None:
    fake_sgp.pix_alias = alias
    copy = await sgp.second_copy(MARIA_CONTRACT)
    assert copy
    assert (copy.id, copy.pix, copy.line, copy.link) == (
        "501",
        PIX,
        OLDEST_LINE,
        "https://sgp.exemplo/2via/501",
    )
    assert fake_sgp.service_orders == 0


async def test_second_copy_without_pix_or_invoice(sgp: Sgp, fake_sgp: FakeSgp) -> None:
    fake_sgp.pix_alias = "none"
    copy = await sgp.second_copy(MARIA_CONTRACT)
    assert copy
    assert copy.pix is None
    fake_sgp.paid_up = True
    assert await sgp.second_copy(MARIA_CONTRACT) is None


async def test_a_ticket(sgp: Sgp, fake_sgp: FakeSgp) -> None:
    assert await sgp.open_ticket(MARIA_CONTRACT, "Sem sinal") == "2026000001"
    [ticket] = fake_sgp.tickets
    assert (ticket["contrato"], ticket["ocorrenciatipo"], ticket["conteudo"]) == (
        MARIA_CONTRACT,
        42,
        "Sem sinal",
    )


async def test_an_array_is_as_good_as_an_object(sgp: Sgp, fake_sgp: FakeSgp) -> None:
    fake_sgp.arrays = True
    assert await sgp.by_document(JOSE_CPF)
    assert (await sgp.access(MARIA_CONTRACT)).online
    copy = await sgp.second_copy(MARIA_CONTRACT)
    assert copy
    assert copy.pix == PIX
    assert await sgp.open_ticket(MARIA_CONTRACT, "x") == "2026000001"


async def test_it_hangs(sgp: Sgp) -> None:
    with pytest.raises(RecordsFailed) as failed:
        await sgp.by_document(HANGING_CPF)
    assert failed.value.trouble is Trouble.TIMEOUT


@pytest.mark.parametrize(
    "fault, trouble",
    [
        ("slow", Trouble.TIMEOUT), ("html", Trouble.MALFORMED), ("error", Trouble.UNREACHABLE), ("redirect", Trouble.REFUSED),
    ],
)  # fmt: skip
async def test_what_goes_wrong_has_a_name(sgp: Sgp, fake_sgp: FakeSgp, fault: str, trouble: Trouble) -> None:
    fake_sgp.fault = fault
    with pytest.raises(RecordsFailed) as failed:
        await sgp.open_invoices(MARIA_CONTRACT)
    assert failed.value.trouble is trouble


async def test_wrong_credentials(fake_sgp: FakeSgp) -> None:
    async with served(fake_sgp.app()) as url, guarded_session(own=[url]) as outside:
        with pytest.raises(RecordsFailed) as failed:
            await Sgp(outside, url, "errado", app=APP).check()
        assert failed.value.trouble is Trouble.REFUSED
        await Sgp(outside, url, TOKEN, app=APP).check()


async def test_a_tenants_address_does_not_lead_inside(fake_sgp: FakeSgp) -> None:
    async with served(fake_sgp.app()) as url, guarded_session() as outside:
        with pytest.raises(RecordsFailed):
            await Sgp(outside, url, TOKEN, app=APP).by_document(MARIA_CPF)
    assert fake_sgp.asked == []
