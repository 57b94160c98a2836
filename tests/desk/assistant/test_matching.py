"""What a customer means, told from his own words."""

import pytest

from server.desk.assistant.intents import INTENTS
from server.desk.assistant.matching import match
from tests.desk.assistant.phrasings import NOTHING_TO_DO_WITH_US, PHRASINGS

LOW = 0.5


def test_every_intent_has_examples() -> None:
    assert set(PHRASINGS) == {intent.name for intent in INTENTS}
    assert all(len(texts) >= 4 for texts in PHRASINGS.values())
    assert len(INTENTS) >= 25


@pytest.mark.parametrize("name", PHRASINGS)
def test_it_is_understood(name: str) -> None:
    found = {text: match(text) for text in PHRASINGS[name]}
    understood = {
        text: bool(match.intent and match.intent.name == name and match.confidence >= LOW)
        for text, match in found.items()
    }
    assert all(understood.values()), understood


def test_what_is_not_for_us_is_not_claimed() -> None:
    assert {text: match(text) for text in NOTHING_TO_DO_WITH_US if match(text).confidence >= LOW} == {}


def test_the_surer_the_clearer() -> None:
    clear, typed_badly, single = (
        match("minha internet está lenta"),
        match("minha intenet lennta"),
        match("boleto"),
    )
    assert clear.confidence > typed_badly.confidence
    assert clear.confidence > single.confidence > LOW


def test_a_long_text_with_one_word_of_ours_is_not_understood() -> None:
    story = "meu primo viajou para a praia com a familia dele e la encontrou um amigo antigo que contou sobre um boleto "
    assert match(story * 2).confidence < LOW


@pytest.mark.parametrize(
    "text", ["a" * 100_000, "internet " * 20_000, "\u0300" * 5_000, "|*|*", "lent" * 1000]
)
def test_no_text_takes_long(text: str) -> None:
    match(text)
