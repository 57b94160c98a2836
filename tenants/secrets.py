"""Sealing at rest: what a tenant entrusts to us (access tokens, app secrets) is never stored readable."""

from typing import NamedTuple

from cryptography.fernet import Fernet, InvalidToken, MultiFernet


class Place(NamedTuple):
    """A field of a noun's documents that maps names to sealed values."""

    noun: str
    field: str


# Every place that holds sealed values: what is not named here stays with its old key for ever (`tenants/rotation.py`).
SEALED = (Place("channels", "secrets"), Place("integrations", "secrets"), Place("subscriptions", "secrets"))


class Vault:
    """Seals with the first key and opens with any, so that a key can be replaced without a pause."""

    def __init__(self, keys: list[str]) -> None:
        if not keys:
            raise ValueError("SECRETS_KEY needs at least one Fernet key")
        each = [Fernet(key) for key in keys]
        self._first, self._fernet = each[0], MultiFernet(each)

    def seal(self, tenant_id: str, plain: str) -> str:
        """The tenant is sealed in: a value copied to another tenant's document does not open there."""
        return self._fernet.encrypt(f"{tenant_id}:{plain}".encode()).decode()

    def open(self, tenant_id: str, sealed: str) -> str:
        """Raises ValueError when the key is gone or the value is another tenant's."""
        try:
            owner, _, plain = self._fernet.decrypt(sealed.encode()).decode().partition(":")
        except InvalidToken as wrong:
            raise ValueError("sealed with a key that is no longer known") from wrong
        if owner != tenant_id:
            raise ValueError("sealed for another tenant")
        return plain

    def is_current(self, sealed: str) -> bool:
        """Whether the first key has sealed it."""
        try:
            self._first.decrypt(sealed.encode())
        except InvalidToken:
            return False
        return True

    def reseal(self, tenant_id: str, sealed: str) -> str:
        """With the first key. Raises ValueError as `open` does."""
        self.open(tenant_id, sealed)
        return self._fernet.rotate(sealed.encode()).decode()
