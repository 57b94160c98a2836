"""Who is silent, and why: the judgement, sign by sign."""

import pytest

from server.detector.processes import WORK_OF, Signs, judge

WELL = dict.fromkeys(WORK_OF, 1.0)
SILENT = 31.0


def found(
    *,
    heard: dict[str, float] | None = None,
    marked: dict[str, float] | None = WELL,
    redis: float = 0,
    steady: float = 1000,
    echo: float = 1,
) -> list[str]:
    signs = Signs({**WELL, **(heard or {})}, marked, redis, steady, echo)
    return [alarm.key for alarm in judge(signs, silence=30)]


@pytest.mark.parametrize("role", WORK_OF)
def test_who_is_heard_nowhere_is_dead(role: str) -> None:
    assert found(heard={role: SILENT}, marked={**WELL, role: SILENT}) == [f"worker/{role}"]
    never = {known: age for known, age in WELL.items() if known != role}
    assert found(heard={role: SILENT}, marked=never) == [f"worker/{role}"]


def test_a_moment_is_no_silence() -> None:
    assert found(heard={"inbound": 29.0}, marked={**WELL, "inbound": SILENT}) == []


def test_a_dead_redis_kills_nobody() -> None:
    everyone = dict.fromkeys(WORK_OF, SILENT)
    assert found(heard=everyone, redis=SILENT, echo=SILENT) == ["redis"]


def test_who_dies_while_redis_is_dead_is_missed() -> None:
    everyone = dict.fromkeys(WORK_OF, SILENT)
    marked = {**WELL, "outbound": SILENT}
    assert found(heard=everyone, marked=marked, redis=SILENT, echo=SILENT) == ["worker/outbound", "redis"]


def test_a_deaf_process_accuses_itself() -> None:
    assert found(heard=dict.fromkeys(WORK_OF, SILENT), echo=SILENT) == ["deaf"]


def test_who_works_and_is_not_heard_is_cut_off() -> None:
    assert found(heard={"media": SILENT}) == ["unheard/media"]


def test_without_the_store_nobody_is_called_dead() -> None:
    everyone = dict.fromkeys(WORK_OF, SILENT)
    assert found(heard=everyone, marked=None) == []
    assert found(heard=everyone, marked=None, redis=SILENT, echo=SILENT) == ["redis"]


def test_whoever_could_not_be_heard_while_redis_was_away_is_given_time() -> None:
    everyone = dict.fromkeys(WORK_OF, 29.0 + 5)
    assert found(heard=everyone, redis=29, steady=0, echo=34) == []
    assert found(heard=everyone, steady=5, echo=34) == []
    assert found(heard=everyone, marked={**WELL, "media": SILENT}, steady=5, echo=34) == ["worker/media"]
