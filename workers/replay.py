"""`python -m workers replay`: the journal applied once more, and everything derived worked out again.

Safe at any time, beside live traffic: what is there already is a no-op. What a fault or a mistake of ours left out
appears, and nothing is doubled (docs/protocol.md, Replay).
"""

import argparse
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from functools import partial
from typing import Any

import structlog

from server.channels.applying import apply
from server.channels.drain import Scope
from server.desk import projections
from server.desk.projections import Difference
from server.runtime import Runtime
from server.settings import Settings
from tenants import registry
from tenants.db import STORE_DOWN
from tenants.models import Tenant
from workers.sweeps import JOURNAL_KEPT

log = structlog.get_logger()
Document = dict[str, Any]
_PAGE = 100
_SHOWN = 20


def arguments(given: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m workers replay", description=__doc__)
    parser.add_argument("slugs", nargs="*", metavar="SLUG", help="tenants; all of them when none is named")
    parser.add_argument(
        "--check", action="store_true", help="only compare; exit code 1 when something differs"
    )
    parser.add_argument("--dead", action="store_true", help="try the quarantined bodies (DEAD) again too")
    return parser.parse_args(given)


async def run(settings: Settings, asked: argparse.Namespace) -> int:
    """Returns the exit code: 0 when all is well, or has been mended."""
    runtime = await Runtime.open(settings)
    try:
        failures = 0
        async for tenant in _tenants(runtime, asked.slugs):
            failures += await _replay(runtime, tenant, check=asked.check, dead=asked.dead)
    finally:
        await runtime.close()
    return 1 if failures else 0


async def _tenants(runtime: Runtime, slugs: Sequence[str]) -> AsyncIterator[Tenant]:
    if not slugs:
        slugs = [
            t.slug for id in await registry.every_tenant(runtime.database) if (t := await _by_id(runtime, id))
        ]
    for slug in slugs:
        tenant = await registry.tenant_by_slug(runtime.database, slug)
        if tenant is None:
            raise SystemExit(f"no tenant has the slug {slug}")
        yield tenant


async def _by_id(runtime: Runtime, id: str) -> Tenant | None:
    return await registry.tenant_by_id(runtime.database, id)


async def _replay(runtime: Runtime, tenant: Tenant, *, check: bool, dead: bool) -> int:
    """One tenant; returns how much is still wrong after it."""
    enter: Scope = partial(runtime.enter, tenant)
    failed = 0
    if not check:
        done = await apply_again(enter, states=["DONE", "DEAD"] if dead else ["DONE"])
        failed = done["failed"]
        print(f"{tenant.slug}: {done['rows']} bodies, {done['messages']} new messages, {failed} failed")
    differences = await rebuild(runtime, enter, mend=not check)
    _show(tenant.slug, differences, mended=not check)
    return failed + (len(differences) if check else 0)


async def apply_again(enter: Scope, *, states: Sequence[str]) -> Counter[str]:
    """`{rows, messages, failed}`: bodies read, messages that were missing, bodies that cannot be read even now."""
    done: Counter[str] = Counter()
    last = ""
    while True:
        async with enter() as ctx:
            after = {"state": {"$in": list(states)}, "_id": {"$gt": last}}
            rows = await ctx.db.webhook_inbox.all(after, sort=[("_id", 1)], limit=_PAGE)
        if not rows:
            return done
        last = rows[-1]["_id"]
        done["rows"] += len(rows)
        done += await _apply(enter, rows)


async def _apply(enter: Scope, rows: Sequence[Document]) -> Counter[str]:
    """Together; if that fails one by one, so that a poisoned body costs no other."""
    try:
        async with enter() as ctx:
            new = await apply(ctx, rows)
            revived = {"_id": {"$in": [row["_id"] for row in rows]}, "state": "DEAD"}
            await ctx.db.webhook_inbox.update_all(revived, {"$set": {"state": "DONE", "error": None}})
            return Counter(messages=new)
    except STORE_DOWN:
        raise
    except Exception:
        if len(rows) > 1:
            return sum([await _apply(enter, [row]) for row in rows], Counter[str]())
        log.exception("replay.failed", row=rows[0]["_id"])
        return Counter(failed=1)


async def rebuild(runtime: Runtime, enter: Scope, *, mend: bool) -> list[Difference]:
    async with enter() as ctx:
        since = runtime.clock() - JOURNAL_KEPT
        return [difference async for difference in projections.rebuild(ctx, since=since, mend=mend)]


def _show(slug: str, differences: Sequence[Difference], *, mended: bool) -> None:
    print(f"{slug}: {len(differences)} differences{' mended' if mended and differences else ''}")
    for d in differences[:_SHOWN]:
        print(f"  {d.noun} {d.id} {d.field}: {d.kept} → {d.rebuilt}")
    if len(differences) > _SHOWN:
        print(f"  … and {len(differences) - _SHOWN} more")
