"""Which process is silent, and whether it is dead, cannot be heard, or we are deaf."""

from collections.abc import Mapping
from typing import NamedTuple

from server.desk.alarms import Alarm, Kind, Severity

CLOCK = "clock"
# By role: what stands still without it.
WORK_OF = {
    "inbound": "As mensagens recebidas não estão sendo processadas",
    "outbound": "As mensagens não estão sendo enviadas",
    "media": "Os arquivos recebidos não estão sendo baixados",
    CLOCK: "Os números não estão sendo verificados",
}


class Signs(NamedTuple):
    """Seconds since each sign of life. By role: a beat heard on the bus, and one marked in the store (None: the store
    does not answer, so nobody can be called dead). `redis`: its last answer; `steady`: its last failure to answer.
    `echo`: our own beat's last return.
    """

    heard: Mapping[str, float]
    marked: Mapping[str, float] | None
    redis: float
    steady: float
    echo: float


def judge(signs: Signs, *, silence: float) -> list[Alarm]:
    dead = [role for role in WORK_OF if _is_dead(role, signs, silence)]
    found = [_dead(role, silence) for role in dead]
    if signs.redis > silence:
        return [*found, _REDIS]
    if signs.steady <= silence:
        return found  # Redis was away: nobody could be heard
    if signs.echo > silence:
        return [*found, _DEAF]
    unheard = [role for role in WORK_OF if signs.heard[role] > silence and role not in dead]
    return found + [_unheard(role) for role in unheard] if signs.marked is not None else found


def _is_dead(role: str, signs: Signs, silence: float) -> bool:
    """Heard nowhere: neither on the bus nor in the store."""
    if signs.marked is None or signs.heard[role] <= silence:
        return False
    return signs.marked.get(role, float("inf")) > silence


def _dead(role: str, silence: float) -> Alarm:
    return Alarm(
        kind=Kind.WORKER,
        severity=Severity.CRITICAL,
        title=WORK_OF[role],
        cause=f"Nenhum processo {role} dá sinal de vida há mais de {silence:.0f} s.",
        next_step="Nada se perde: o que chega fica guardado. O suporte do Balcão deve iniciar o processo de novo.",
        about=role,
    )


def _unheard(role: str) -> Alarm:
    return Alarm(
        kind=Kind.UNHEARD,
        severity=Severity.WARNING,
        title="Um processo não é ouvido pelo Redis",
        cause=f"O processo {role} trabalha, mas seus avisos não chegam: tudo anda com alguns segundos de atraso.",
        next_step="O suporte do Balcão deve verificar REDIS_URL e a rede desse processo.",
        about=role,
    )


_REDIS = Alarm(
    kind=Kind.REDIS,
    severity=Severity.WARNING,
    title="Redis fora do ar",
    cause="Os processos se avisam pelo Redis, e ele não responde: tudo anda com alguns segundos de atraso.",
    next_step="Nada se perde. O suporte do Balcão deve iniciar o Redis de novo.",
)
_DEAF = Alarm(
    kind=Kind.DEAF,
    severity=Severity.WARNING,
    title="Este servidor não ouve os outros",
    cause="O Redis responde, mas os avisos não chegam a este processo: novidades aparecem com até um segundo de atraso.",
    next_step="O suporte do Balcão deve reiniciar este processo web se durar mais que alguns minutos.",
)
