"""The kernel's documents: the tenant, and whoever acts."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field

from tenants.settings import TenantSettings as TenantSettings
from tenants.settings import Visibility as Visibility


class Document(BaseModel):
    """A MongoDB document read into a type; what the type does not name is left in the store.

    An error about it does not quote it: it may hold what no log should.
    """

    model_config = ConfigDict(
        populate_by_name=True, extra="ignore", arbitrary_types_allowed=True, hide_input_in_errors=True
    )

    id: str = Field(alias="_id")

    @classmethod
    def of(cls, document: dict[str, Any]) -> Self:
        return cls.model_validate(document)


class Role(StrEnum):
    ADMIN = "ADMIN"
    SUPERVISOR = "SUPERVISOR"
    AGENT = "AGENT"
    VIEWER = "VIEWER"  # reads, and changes nothing


class TenantKind(StrEnum):
    HOTEL = "HOTEL"
    ISP = "ISP"
    OTHER = "OTHER"


class TenantStatus(StrEnum):
    ACTIVE = "ACTIVE"
    SUSPENDED = "SUSPENDED"


class Tenant(Document):
    slug: str
    name: str
    kind: TenantKind = TenantKind.OTHER
    locale: str = "pt-BR"
    time_zone: str = "America/Sao_Paulo"
    status: TenantStatus = TenantStatus.ACTIVE
    settings: TenantSettings = Field(default_factory=TenantSettings)
    created_at: datetime


class UserStatus(StrEnum):
    ACTIVE = "ACTIVE"
    INACTIVE = "INACTIVE"


class User(Document):
    number: int
    email: str
    name: str
    role: Role
    status: UserStatus = UserStatus.ACTIVE
    avatar_url: str | None = None
    team_ids: list[str] = []
    capacity: int | None = None  # conversations that he is given at once; None: the tenant's
    session_version: int = 1
    last_login_at: datetime | None = None
    created_at: datetime
    updated_at: datetime

    @property
    def active(self) -> bool:
        return self.status is UserStatus.ACTIVE


class ActorKind(StrEnum):
    USER = "USER"
    API_KEY = "API_KEY"
    HOUSE = "HOUSE"


class Actor(BaseModel):
    """Who does it: a person or a program with a role, or the house itself (webhooks, workers, the clock).

    `id` is a user's, or an API key's; `number` and `email` only a user's.
    """

    model_config = ConfigDict(frozen=True)

    id: str | None = None
    name: str = "Balcão"
    kind: ActorKind = ActorKind.HOUSE
    role: Role | None = None
    team_ids: tuple[str, ...] = ()
    number: int | None = None
    email: str | None = None

    @classmethod
    def of(cls, user: User) -> Self:
        return cls(
            id=user.id,
            name=user.name,
            kind=ActorKind.USER,
            role=user.role,
            team_ids=tuple(user.team_ids),
            number=user.number,
            email=user.email,
        )

    @property
    def is_house(self) -> bool:
        return self.role is None


HOUSE = Actor()


def now() -> datetime:
    """Aware UTC, cut to the milliseconds that MongoDB keeps."""
    moment = datetime.now(UTC)
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)
