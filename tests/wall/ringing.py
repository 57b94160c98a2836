"""A worker's lanes, rung in the test's own process."""

from server.runtime import Runtime
from tenants.context import Kick
from workers import process, runner

assert process.JOBS  # imported, so that every job is registered


async def ring(runtime: Runtime, *kicks: Kick) -> None:
    """Returns when no lane runs any more, and what they said has been told."""
    lanes = runner.Lanes(runtime)
    for kick in kicks:
        lanes.ring(kick)
    await lanes.settled()
    await runtime.bus.close()
