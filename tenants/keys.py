"""What the house proves and hides things with; one per process, made from the settings."""

from dataclasses import dataclass
from datetime import timedelta

from tenants.credentials import Tokens
from tenants.secrets import Vault


@dataclass(frozen=True, slots=True)
class Keys:
    vault: Vault
    tokens: Tokens
    password_rounds: int
    session_lifetime: timedelta
