"""What the clients of language models share: one retry, and what a refusal means."""

from collections.abc import Mapping
from typing import Any

from server.desk.assistant.outside import ProviderFailed, Said, Trouble, Turn
from server.integrations.calling import Answer, Line, wait_to_retry

Json = dict[str, Any]
TIMEOUT = 20.0


async def generate(line: Line, path: str, body: Json, headers: Mapping[str, str]) -> Json:
    """The answer's object. Asks again once where the model only has no time. Raises ProviderFailed."""
    answer = await line.post(path, json=body, headers=headers)
    if await wait_to_retry(answer):
        answer = await line.post(path, json=body, headers=headers)
    if answer.status in {429, 503}:
        raise ProviderFailed(Trouble.LIMITED, str(answer.status))
    if answer.status != 200:
        trouble = Trouble.UNREACHABLE if answer.status >= 500 else Trouble.REFUSED
        raise ProviderFailed(trouble, f"{answer.status} {_words(answer)}")
    if not isinstance(answer.content, dict):
        raise ProviderFailed(Trouble.MALFORMED, "no JSON object")
    return answer.content


def _words(answer: Answer) -> str:
    error = answer.content.get("error") if isinstance(answer.content, dict) else None
    message = error.get("message") if isinstance(error, dict) else error
    return str(message or "")[:200]


def merged(turns: list[Turn]) -> list[Turn]:
    """What one side said several times in a row is one turn: models want them to alternate."""
    alternating: list[Turn] = []
    for turn in turns:
        last = alternating[-1] if alternating else None
        if isinstance(turn, Said) and isinstance(last, Said) and last.by_customer == turn.by_customer:
            alternating[-1] = Said(turn.by_customer, f"{last.text}\n{turn.text}")
        else:
            alternating.append(turn)
    return alternating
