"""The accept of protocol.md: read, prove, journal, ring, answer. What the webhook says is the drain's affair."""

import asyncio
import hashlib
import hmac
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import orjson

from server import metrics
from server.channels.journal import Journal
from server.channels.recipients import Recipient, Recipients
from server.channels.refusals import Refusals
from server.desk import channels
from server.runtime import Runtime
from tenants import registry
from tenants.models import Tenant
from tenants.problems import Forbidden, Invalid, NotFound, Problem

MAX_BYTES = 3 * 1024 * 1024
_MAX_ADDRESSES = 1_000  # Meta's limit of updates in one body
# Reading a million little lists takes a second, and nothing is proven yet. Meta's largest bodies have some ten thousand.
_MAX_LISTS = 200_000
_SIGNATURE = re.compile("sha256=[0-9a-f]{64}")
_HASHED_AT_ONCE = 1_000_000  # bytes: some milliseconds
_ADDRESS = re.compile(r"[A-Za-z0-9_.:-]{1,64}")


class InvalidSignature(Forbidden):
    code = "INVALID_SIGNATURE"
    message = "Assinatura X-Hub-Signature-256 ausente ou inválida."


class UnknownRecipient(NotFound):
    message = "Nenhum canal conectado corresponde a este webhook."


class NotJson(Invalid):
    code = "INVALID_JSON"
    message = "O corpo não é JSON válido."


class VerificationRefused(Forbidden):
    code = "VERIFICATION_REFUSED"
    message = "Token de verificação inválido."


class _Addresses(NamedTuple):
    """Of one change: the number it is about or, for what concerns the account, the WABA."""

    number: str | None
    account: str | None

    def among(self, own: frozenset[str]) -> bool:
        return (self.number or self.account) in own


class Intake:
    """One per web process."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._recipients = Recipients(runtime)
        self._journal = Journal(runtime)
        self._refusals = Refusals(runtime)

    async def accept(self, raw: bytes, *, signature: str, slug: str | None) -> None:
        """Returns once `raw` is durable for everyone it is for.

        Raises UnknownRecipient, InvalidSignature or NotJson with nothing stored, or what a store that is down raises.
        """
        with _refusals_counted():
            if slug:
                await self._accept_for(slug, raw, signature)
            else:
                await self._accept_by_addresses(raw, signature)

    async def _accept_for(self, slug: str, raw: bytes, signature: str) -> None:
        recipient = await self._recipients.by_slug(slug)
        if recipient is None or not await _signed(raw, signature, recipient):
            # A channel that was connected, or got a new secret, a moment ago.
            recipient = await self._recipients.by_slug(slug, fresh=True)
        if recipient is None:
            raise UnknownRecipient
        if not await _signed(raw, signature, recipient):
            self._refusals.note(recipient.tenant_id, raw)
            raise InvalidSignature
        _parse(raw)
        await self._journal.write(recipient.tenant_id, raw)

    async def _accept_by_addresses(self, raw: bytes, signature: str) -> None:
        payload = _parse(raw)
        owners = await self._owners(payload)
        if not owners:
            raise UnknownRecipient
        proven = [tenant_id for tenant_id in owners if await self._proves(tenant_id, raw, signature)]
        if not proven:
            for tenant_id in owners:
                self._refusals.note(tenant_id, raw)
            raise InvalidSignature
        if len(owners) == 1:
            await self._journal.write(proven[0], raw)
            return
        for tenant_id in proven:
            await self._journal.write(tenant_id, _part_of(payload, owners[tenant_id]), shared=True)

    async def _owners(self, payload: dict[str, Any]) -> dict[str, frozenset[str]]:
        found = [addresses for _, _, addresses in _changes(payload)]
        numbers = {a.number for a in found if a.number}
        accounts = {a.account for a in found if a.account and not a.number}
        if len(numbers) + len(accounts) > _MAX_ADDRESSES:
            raise Invalid(f"Mais de {_MAX_ADDRESSES} números em um só corpo.")
        return await self._recipients.owners(numbers, accounts)

    async def _proves(self, tenant_id: str, raw: bytes, signature: str) -> bool:
        for fresh in (False, True):
            recipient = await self._recipients.by_id(tenant_id, fresh=fresh)
            if recipient and await _signed(raw, signature, recipient):
                return True
        return False

    async def verify(self, token: str, *, slug: str | None) -> None:
        """The provider's handshake: raises UnknownRecipient or VerificationRefused unless a channel has this token."""
        with _refusals_counted():
            await self._verify(token, slug)

    async def _verify(self, token: str, slug: str | None) -> None:
        known = await (self._by_slug(slug) if slug else self._by_token(token))
        verified = False
        for tenant in known:
            async with self._runtime.enter(tenant) as ctx:
                matching = [
                    channel.id
                    for channel in await channels.every(ctx)
                    if _same(channels.reveal(ctx, channel, "verify_token"), token)
                ]
                await channels.verified(ctx, matching)
                verified = verified or bool(matching)
        if not verified:
            raise VerificationRefused

    async def _by_slug(self, slug: str) -> list[Tenant]:
        tenant = await registry.tenant_by_slug(self._runtime.database, slug)
        if tenant is None:
            raise UnknownRecipient
        return [tenant]

    async def _by_token(self, token: str) -> list[Tenant]:
        database = self._runtime.database
        addresses = await registry.find_addresses(database, registry.verify_token_key(token))
        return await registry.tenants_by_id(database, [address.tenant_id for address in addresses])


@contextmanager
def _refusals_counted() -> Iterator[None]:
    try:
        yield
    except Problem as refused:
        metrics.count("webhook_refusals_total", reason=refused.code.lower())
        raise


async def _signed(raw: bytes, signature: str, recipient: Recipient) -> bool:
    """Over the raw bytes: Meta escapes non-ASCII and `/`, so JSON written again never matches (whatsapp.md 1.4)."""
    if not _SIGNATURE.fullmatch(signature):
        return False
    if len(raw) * len(recipient.secrets) <= _HASHED_AT_ONCE:
        return _fits(raw, signature, recipient.secrets)
    # Anyone may send the largest body to the tenant with the most secrets; nobody else has to wait for it.
    return await asyncio.to_thread(_fits, raw, signature, recipient.secrets)


def _fits(raw: bytes, signature: str, secrets: Iterable[bytes]) -> bool:
    return any(
        _same(signature, f"sha256={hmac.digest(secret, raw, hashlib.sha256).hex()}") for secret in secrets
    )


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(errors="surrogateescape"), other.encode(errors="surrogateescape"))


def _parse(raw: bytes) -> dict[str, Any]:
    if raw.count(b"[") > _MAX_LISTS:
        raise NotJson("O corpo tem listas demais.")
    try:
        payload = orjson.loads(raw)
    except orjson.JSONDecodeError as broken:
        raise NotJson from broken
    if not isinstance(payload, dict):
        raise NotJson("O corpo precisa ser um objeto JSON.")
    return payload


def _changes(payload: dict[str, Any]) -> Iterator[tuple[dict[str, Any], dict[str, Any], _Addresses]]:
    """Every (entry, change, addresses). Shapes that Meta never sends are passed over: they name nobody."""
    for entry in _objects(payload.get("entry")):
        for change in _objects(entry.get("changes")):
            value = change.get("value")
            metadata = value.get("metadata") if isinstance(value, dict) else None
            number = metadata.get("phone_number_id") if isinstance(metadata, dict) else None
            yield entry, change, _Addresses(_address(number), _address(entry.get("id")))


def _objects(found: Any) -> Iterable[dict[str, Any]]:
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []


def _address(found: Any) -> str | None:
    return found if isinstance(found, str) and _ADDRESS.fullmatch(found) else None


def _part_of(payload: dict[str, Any], own: frozenset[str]) -> bytes:
    """The body with only the changes that are about `own` addresses."""
    kept: dict[int, list[dict[str, Any]]] = {}
    entries: dict[int, dict[str, Any]] = {}
    for entry, change, addresses in _changes(payload):
        if addresses.among(own):
            entries[id(entry)] = entry
            kept.setdefault(id(entry), []).append(change)
    parts = [{**entry, "changes": kept[key]} for key, entry in entries.items()]
    return orjson.dumps({**payload, "entry": parts})
