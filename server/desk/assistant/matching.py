"""Which intent is meant: by words, without accents, with the usual abbreviations and slips of the thumb."""

import functools
import re
from collections.abc import Iterable
from typing import NamedTuple

from server.desk.assistant.intents import INTENTS, Intent
from server.desk.words import fold

_MOST_WORDS = 60
_REPEATED = re.compile(r"([a-z])\1{2,}")
_DOUBLED = re.compile(r"([a-z])\1")
_TOKEN = re.compile(r"[a-z0-9]+")
_JOINED = (
    ("wi-fi", "wifi"), ("wi fi", "wifi"), ("e ai", "eai"), ("fast.com", "fastcom"), ("reclame aqui", "reclameaqui"),
    ("qr code", "qr"),
)  # fmt: skip
_ABBREVIATIONS = {
    "2a": "segunda", "2": "segunda", "seg": "segunda", "segundavia": "segunda via", "net": "internet", "n": "nao",
    "naum": "nao", "nn": "nao", "num": "nao", "eh": "e", "ta": "esta", "tá": "esta", "to": "estou", "tou": "estou",
    "tao": "estao", "vc": "voce", "vcs": "voces", "pq": "porque", "qd": "quando", "qdo": "quando", "qto": "quanto",
    "hj": "hoje", "obg": "obrigado", "obgd": "obrigado", "vlw": "valeu", "flw": "falou", "blz": "tudo bem",
    "bdia": "bom dia", "internt": "internet", "tec": "tecnico", "atend": "atendente", "vel": "velocidade",
    "mb": "mega", "mbps": "mega", "megas": "mega", "pgto": "pagamento", "pagto": "pagamento", "fat": "fatura",
    "msm": "mesmo", "qro": "quero", "qr": "qr", "hrs": "horas", "tbm": "tambem", "oie": "oi", "oii": "oi",
}  # fmt: skip
_EXACT, _NEAR = 1.0, 0.8
_CERTAIN, _LIKELY, _VAGUE, _NOTHING = 0.95, 0.8, 0.4, 0.2
_TOO_CLOSE = 0.05
_LONG_TEXT = 25


class Match(NamedTuple):
    intent: Intent | None
    confidence: float


def match(text: str) -> Match:
    """The intent that is meant most, and how sure that is; None below any hint."""
    words = words_of(text)
    scores = [(score, intent) for intent in INTENTS if (score := _score(intent, words))]
    if not scores:
        return Match(None, _NOTHING)
    scores.sort(key=lambda scored: -(scored[0] + scored[1].weight))
    (score, intent), others = scores[0], scores[1:]
    confidence = _confidence(score, len(words))
    rivals = [s + other.weight for s, other in others if s >= score]
    if rivals and max(rivals) > score + intent.weight - _TOO_CLOSE:
        confidence -= 0.15
    return Match(intent, round(confidence, 2))


def _confidence(score: float, words: int) -> float:
    if score >= 2:
        return _CERTAIN
    if score > 1:
        return 0.85
    if words > _LONG_TEXT:
        return _VAGUE
    return _LIKELY if score == _EXACT else 0.6


def words_of(text: str) -> list[str]:
    folded = _REPEATED.sub(r"\1", fold(text))
    for apart, joined in _JOINED:
        folded = folded.replace(apart, joined)
    tokens = _TOKEN.findall(folded)[:_MOST_WORDS]
    return " ".join(_ABBREVIATIONS.get(token, token) for token in tokens).split()


def _score(intent: Intent, words: list[str]) -> float:
    """How much of its best phrase is there; 0 when none is, or when one says that it is not meant."""
    if any(_said(phrase, words) for phrase in intent.unless):
        return 0
    return max(_said(phrase, words) for phrase in intent.phrases)


def _said(phrase: str, words: list[str]) -> float:
    """The sum over the phrase's words; 0 unless each is there."""
    found = [max((_likeness(word, token) for token in words), default=0.0) for word in _compiled(phrase)]
    return sum(found) if all(found) else 0


@functools.cache
def _compiled(phrase: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(word.split("|")) for word in phrase.split())


@functools.lru_cache(20_000)
def _likeness(alternatives: tuple[str, ...], token: str) -> float:
    if any(_is(word, token) for word in alternatives):
        return _EXACT
    return _NEAR if any(_is_nearly(word, token) for word in alternatives) else 0


def _is(word: str, token: str) -> bool:
    return token.startswith(word[:-1]) if word.endswith("*") else token == word


def _is_nearly(word: str, token: str) -> bool:
    """One slip: a letter doubled, too many, too few or wrong, or two that changed places. Short words are too alike for that."""
    stem = word.removesuffix("*")
    written = token[: len(stem)] if word.endswith("*") else token
    if written[:1] != stem[:1]:
        return False
    if (
        len(stem) >= 4
        and _DOUBLED.search(token)
        and _is(_DOUBLED.sub(r"\1", word), _DOUBLED.sub(r"\1", token))
    ):
        return True
    if len(stem) < 5:
        return False
    if sorted(written) == sorted(stem):
        return _swapped(stem, written)
    if word.endswith("*"):
        near = (token[: len(stem) - 1], written, token[: len(stem) + 1])
        return len(stem) >= 7 and any(_one_apart(stem, each) for each in near)
    return len(stem) >= (6 if len(written) != len(stem) else 7) and _one_apart(stem, written)


def _swapped(one: str, other: str) -> bool:
    different = [place for place, pair in enumerate(zip(one, other, strict=True)) if pair[0] != pair[1]]
    return len(different) == 2 and different[1] - different[0] == 1


def _one_apart(one: str, other: str) -> bool:
    """Equal but for one letter that was changed, left out or put in."""
    shorter, longer = sorted((one, other), key=len)
    if len(longer) - len(shorter) > 1 or one == other:
        return False
    same = _common(shorter, longer)
    rest = shorter[same:] if len(shorter) < len(longer) else shorter[same + 1 :]
    return rest == longer[same + 1 :]


def _common(one: str, other: str) -> int:
    """The length of the beginning that both have."""
    pairs: Iterable[tuple[str, str]] = zip(one, other, strict=False)
    return next((place for place, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))
