"""Every setting of every process: environment variables, named as the fields, in capitals (`.env.example` lists them).

`Settings.load()` is the way in. Outside production it makes the two secrets it needs and keeps them in `DATA_DIR`;
in production it refuses to start without them. A secret may also come from a file: `JWT_SECRET_FILE=/run/secrets/jwt`.
"""

import base64
import binascii
import os
import secrets
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, ValidationError, model_validator
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict
from typing_extensions import override

MINIMUM_SECRET_BYTES = 32
MINIMUM_DISTINCT_CHARACTERS = 10
FERNET_KEY_BYTES = 32
PLACEHOLDERS = ("changeme", "change-me", "change_me", "example", "placeholder")


class SettingsError(Exception):
    """The environment is not usable; the text names each setting and what is wrong, and never a value."""


def _split(value: Any) -> Any:
    if isinstance(value, str):
        return tuple(part.strip() for part in value.split(",") if part.strip())
    return value


def _without_trailing_slash(value: str) -> str:
    return value.rstrip("/")


def _check_fernet_keys(keys: tuple[str, ...]) -> tuple[str, ...]:
    for key in keys:
        try:
            size = len(base64.urlsafe_b64decode(key.encode()))
        except (ValueError, binascii.Error):
            size = 0
        if size != FERNET_KEY_BYTES:
            raise ValueError("each key must be 32 random bytes in URL-safe base64 (a Fernet key)")
    return keys


CommaList = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_split)]
FernetKeys = Annotated[CommaList, AfterValidator(_check_fernet_keys)]
Url = Annotated[str, AfterValidator(_without_trailing_slash)]
UpperCase = BeforeValidator(lambda value: value.upper() if isinstance(value, str) else value)
Port = Annotated[int, Field(ge=1, le=65535)]
Positive = Annotated[int, Field(ge=1)]


class SecretFiles(PydanticBaseSettingsSource):
    """Reads `<NAME>_FILE` for the settings that hold secrets, as container platforms mount them."""

    NAMES: ClassVar = (
        "jwt_secret",
        "secrets_key",
        "mongo_url",
        "redis_url",
        "gemini_api_key",
        "metrics_token",
    )

    @override
    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        path = os.environ.get(f"{field_name.upper()}_FILE") if field_name in self.NAMES else None
        return (Path(path).read_text().strip() if path else None), field_name, False

    def __call__(self) -> dict[str, Any]:
        values = {
            name: self.get_field_value(field, name)[0]
            for name, field in self.settings_cls.model_fields.items()
        }
        return {name: value for name, value in values.items() if value}


class Settings(BaseSettings):
    model_config = SettingsConfigDict(
        env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True, hide_input_in_errors=True
    )

    app_env: Literal["development", "production", "test"] = "development"
    host: str = "127.0.0.1"
    port: Port = 3001
    public_url: Url = Field(
        default_factory=lambda values: f"http://{values.get('host')}:{values.get('port')}"
    )

    mongo_url: str = Field("mongodb://127.0.0.1:27017", repr=False)
    mongo_database: str = "balcao"
    redis_url: str = Field("redis://127.0.0.1:6379/0", repr=False)
    data_dir: Path = Path(".data")

    jwt_secret: str = Field("", repr=False)
    secrets_key: FernetKeys = Field((), repr=False)

    graph_api_url: Url = "https://graph.facebook.com"
    graph_api_version: str = "v26.0"
    simulator_url: Url | None = None
    simulator_port: Port = 3002
    evolution_api_url: Url | None = None
    gemini_api_key: str | None = Field(None, repr=False)
    gemini_api_url: Url = "https://generativelanguage.googleapis.com"
    viacep_url: Url = "https://viacep.com.br"

    cors_origins: CommaList = ()
    metrics_token: str | None = Field(None, repr=False)
    trusted_proxies: CommaList = ()
    rate_limits: Literal["strict", "relaxed"] = Field(
        default_factory=lambda values: "strict" if values.get("app_env") == "production" else "relaxed"
    )
    log_level: Annotated[Literal["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"], UpperCase] = "INFO"
    log_format: Literal["text", "json"] = "text"
    web_concurrency: Positive = 1
    worker_processes: Positive = 1

    bcrypt_rounds: int = Field(12, ge=4, le=16)
    access_token_minutes: Positive = 1440
    refresh_token_days: Positive = 30

    send_timeout: float = Field(15, gt=0)
    send_lease: float = Field(30, gt=0)
    unconfirmed_after: float = Field(60, gt=0)
    number_rate: Positive = 80

    silence_after: float = Field(30, gt=0)
    alarm_every: float = Field(10, gt=0)
    provider_check_every: float = Field(40, gt=0)

    @model_validator(mode="after")
    def _lease_outlasts_its_send(self) -> Self:
        if self.send_lease <= self.send_timeout:
            raise ValueError("SEND_LEASE must be longer than SEND_TIMEOUT")
        return self

    @classmethod
    def load(cls, **overrides: Any) -> Self:
        """Settings from `overrides`, else the environment, else secret files, else `.env`. Raises SettingsError."""
        try:
            settings = cls(**overrides)
        except ValidationError as error:
            # A default that is derived from a bad setting is not an error of its own.
            causes = (cause for cause in error.errors() if cause["type"] != "default_factory_not_called")
            lines = (f"{'.'.join(map(str, cause['loc'])).upper()}: {cause['msg']}" for cause in causes)
            raise SettingsError("\n".join(lines)) from None
        except OSError as error:
            raise SettingsError(f"{error.filename}: {error.strerror}") from None
        if settings.app_env == "production":
            _refuse_weak_secrets(settings)
            return settings
        return settings.model_copy(update=_own_secrets(settings))

    @classmethod
    @override
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, env_settings, SecretFiles(settings_cls), dotenv_settings


def _refuse_weak_secrets(settings: Settings) -> None:
    problems = [f"JWT_SECRET: {problem}" for problem in _weaknesses(settings.jwt_secret)]
    problems += [
        f"SECRETS_KEY: {problem}" for key in settings.secrets_key or ("",) for problem in _weaknesses(key)
    ]
    if problems:
        raise SettingsError("\n".join(problems))


def _weaknesses(secret: str) -> list[str]:
    if not secret:
        return ["is required when APP_ENV=production"]
    if len(secret.encode()) < MINIMUM_SECRET_BYTES:
        return [f"must have at least {MINIMUM_SECRET_BYTES} bytes"]
    guessable = len(set(secret)) < MINIMUM_DISTINCT_CHARACTERS
    if guessable or any(word in secret.lower() for word in PLACEHOLDERS):
        return ["is a default or guessable value; make your own, for example with `openssl rand -base64 32`"]
    return []


def _own_secrets(settings: Settings) -> dict[str, Any]:
    """The secrets that are not set, each made once and kept in DATA_DIR, so that sessions outlive a restart."""
    made: dict[str, Any] = {}
    if not settings.jwt_secret:
        made["jwt_secret"] = keep(settings.data_dir / "jwt_secret", lambda: secrets.token_urlsafe(48))
    if not settings.secrets_key:
        key = keep(
            settings.data_dir / "secrets_key", lambda: base64.urlsafe_b64encode(os.urandom(32)).decode()
        )
        made["secrets_key"] = (key,)
    return made


def keep(path: Path, make: Callable[[], str]) -> str:
    """The text kept in `path` (mode 0600), made on first use. Processes that start together all get the same text."""
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor, temporary = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(descriptor, "w") as file:
            file.write(make())
        # A hard link is atomic and fails if another process was first; its text is then the one to use.
        try:
            os.link(temporary, path)
        except FileExistsError:
            pass
        finally:
            Path(temporary).unlink()
    return path.read_text()
