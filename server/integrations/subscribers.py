"""Telling a subscriber: one POST, signed as the Standard Webhooks say (standardwebhooks.com), to a public address."""

import base64
import hashlib
import hmac
import time
from collections.abc import Sequence
from datetime import datetime

import aiohttp

from server import __version__
from server.desk import deliveries, subscriptions
from server.desk.deliveries import Delivery, Occasion, Outcome
from server.desk.subscriptions import Subscription
from server.integrations.registry import KEY_GONE
from server.metrics import count
from server.runtime import Runtime
from tenants.context import Context
from tenants.db import Document

SECONDS = 10.0
_CONNECT_SECONDS = 5.0
# "Gone": whoever answers so wants to hear no more.
GONE = 410
_UNREACHABLE = "O endereço não pôde ser alcançado. Só endereços públicos, de http ou https, podem ser usados."


async def tell(
    ctx: Context,
    runtime: Runtime,
    subscription: Subscription,
    event: Document,
    body: bytes,
    *,
    occasion: Occasion,
    attempt: int = 1,
) -> Delivery:
    """Try once, and keep what became of it. `event`: with `_id`, `kind` and, where it is of the feed, `seq`."""
    outcome = await _try(ctx, runtime, subscription, event["_id"], body)
    if occasion is not Occasion.EVENT:  # of those the lane says what comes of it
        count("subscriber_deliveries_total", outcome="delivered" if outcome.ok else "failed")
    return await deliveries.record(ctx, subscription.id, event, outcome, occasion=occasion, attempt=attempt)


async def _try(ctx: Context, runtime: Runtime, subscription: Subscription, id: str, body: bytes) -> Outcome:
    try:
        secrets = subscriptions.reveal(ctx, subscription)
    except ValueError:
        return Outcome(None, 0, KEY_GONE)
    headers = {
        "Content-Type": "application/json",
        "User-Agent": f"Balcao/{__version__}",
        **signed(secrets, id, ctx.now(), body),
    }
    return await _post(runtime.outside, subscription.url, body, headers)


def signed(secrets: Sequence[str], id: str, at: datetime, body: bytes) -> dict[str, str]:
    """The headers, with a signature for each secret; a subscriber needs to know one of them."""
    stamp = str(int(at.timestamp()))
    content = b".".join((id.encode(), stamp.encode(), body))
    return {
        "webhook-id": id,
        "webhook-timestamp": stamp,
        "webhook-signature": " ".join(_signature(secret, content) for secret in secrets),
    }


def _signature(secret: str, content: bytes) -> str:
    """`secret` is `whsec_` and the key in base64."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    return f"v1,{base64.b64encode(hmac.digest(key, content, hashlib.sha256)).decode()}"


async def _post(http: aiohttp.ClientSession, url: str, body: bytes, headers: dict[str, str]) -> Outcome:
    """What is answered beside the status is not read."""
    began, status, error = time.monotonic(), None, None
    timeout = aiohttp.ClientTimeout(total=SECONDS, connect=_CONNECT_SECONDS)
    try:
        async with http.post(
            url, data=body, headers=headers, timeout=timeout, allow_redirects=False
        ) as answer:
            status = answer.status
            error = None if 200 <= status < 300 else f"O endereço respondeu com {status}."
    except TimeoutError:
        error = f"O endereço não respondeu em {SECONDS:g} s."
    except (aiohttp.ClientError, OSError, ValueError):
        error = _UNREACHABLE
    return Outcome(status, round((time.monotonic() - began) * 1000), error)
