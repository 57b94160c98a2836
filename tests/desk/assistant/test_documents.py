"""CPF, CNPJ and birth dates in what people write."""

from datetime import date

import pytest

from server.desk.assistant.documents import almost_a_document, birth_dates_in, documents_in, masked


@pytest.mark.parametrize(
    "text, found",
    [
        ("meu cpf é 529.982.247-25 ok?", ["52998224725"]),
        ("52998224725", ["52998224725"]),
        ("529 982 247 25", ["52998224725"]),
        ("11.222.333/0001-81", ["11222333000181"]),
        ("CNPJ 12.abc.345/01de-35", ["12ABC34501DE35"]),
        ("529.982.247-25 e 111.444.777-35", ["52998224725", "11144477735"]),
        ("529.982.247-24", []),  # a wrong check digit
        ("000.000.000-00", []),
        ("111.111.111-11", []),
        ("(11) 98888-7777", []),
        ("protocolo 52998224725123", []),
        ("", []),
    ],
)
def test_documents(text: str, found: list[str]) -> None:
    assert documents_in(text) == found


def test_almost() -> None:
    assert almost_a_document("529.982.247-24")
    assert not almost_a_document("529.982.247-25")
    assert not almost_a_document("moro na rua 7, número 120")


def test_masked() -> None:
    """Also where it is one of several; and nothing that is none."""
    assert masked("529.982.247-25 de 01/02/1980") == "[CPF ou CNPJ informado] de 01/02/1980"
    assert masked("12.ABC.345/01DE-35") == "[CPF ou CNPJ informado]"
    assert masked("ligue 11 98888-7777") == "ligue 11 98888-7777"


@pytest.mark.parametrize("text", ["1/2/1980", "01-02-1980", "nasci em 01.02.1980", "01021980", "01 02 1980"])
def test_birth_dates(text: str) -> None:
    assert birth_dates_in(text) == [date(1980, 2, 1)]


@pytest.mark.parametrize("text", ["31/02/1980", "1980", "01/02/80", "123456789"])
def test_no_birth_date(text: str) -> None:
    assert birth_dates_in(text) == []
