"""No client misses anything, whatever dies: `python -m bench.clients` for some seconds (issue 3, part 4).

Programs in Node and the console's own connection in Chromium, on lines that are cut, before two web processes that are
killed, one of them deaf at times, with a Redis that is killed.
"""

from bench.clients.__main__ import LONGEST_SILENCE
from bench.clients.play import SHORT, play
from server.settings import Settings


async def test_every_log_is_the_feed_as_far_as_its_user_may_see(settings: Settings) -> None:
    outcome = await play(settings, SHORT)
    assert outcome.faults == 0, (outcome.verdicts, outcome.wrong_lists)
    assert max(outcome.silence) <= LONGEST_SILENCE
    assert min(verdict.applied for verdict in outcome.verdicts.values()) > 0
    assert outcome.cuts
    assert outcome.redis_kills
    assert outcome.web_kills
