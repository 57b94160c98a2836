import os
import re
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from server.settings import Settings, SettingsError, keep

ROOT = Path(__file__).parents[2]
STRONG = "q3Zp0vXb8wLr5tYk2mNc7sJd4fHg6aQe9uTi1oRx"
FERNET_KEY = "QUXp0fBWgHBv_StlV_yY6sXazyzwmOuZJOBPr0f2nAE="


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Neither the variables nor the .env of whoever runs the tests."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
        monkeypatch.delenv(f"{name.upper()}_FILE", raising=False)
    monkeypatch.chdir(tmp_path)


def test_an_empty_environment_is_a_development_machine() -> None:
    settings = Settings.load()
    assert (settings.app_env, settings.public_url) == ("development", "http://127.0.0.1:3001")
    assert settings.simulator_url is None


def test_variables_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    given = {
        "PORT": "4000",
        "LOG_LEVEL": "debug",
        "CORS_ORIGINS": "https://a.example, https://b.example,",
        "PUBLIC_URL": "https://chat.example/",
        "GRAPH_API_URL": "",
    }
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    settings = Settings.load()
    assert settings.port == 4000
    assert settings.log_level == "DEBUG"
    assert settings.cors_origins == ("https://a.example", "https://b.example")
    assert settings.public_url == "https://chat.example"
    assert settings.graph_api_url == "https://graph.facebook.com"
    assert "graph_api_url" not in settings.model_fields_set


def test_a_dotenv_file_is_read_and_the_environment_wins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text("PORT=4000\nHOST=127.0.0.2\n")
    monkeypatch.setenv("PORT", "5000")
    settings = Settings.load()
    assert (settings.host, settings.port) == ("127.0.0.2", 5000)


def test_secrets_come_from_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "jwt").write_text(f"{STRONG}\n")
    (tmp_path / "keys").write_text(f"{FERNET_KEY}\n")
    monkeypatch.setenv("JWT_SECRET_FILE", str(tmp_path / "jwt"))
    monkeypatch.setenv("SECRETS_KEY_FILE", str(tmp_path / "keys"))
    settings = Settings.load(app_env="production")
    assert (settings.jwt_secret, settings.secrets_key) == (STRONG, (FERNET_KEY,))


def test_a_variable_wins_over_its_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "jwt").write_text("from the file")
    monkeypatch.setenv("JWT_SECRET_FILE", str(tmp_path / "jwt"))
    assert Settings.load().jwt_secret == "from the file"
    monkeypatch.setenv("JWT_SECRET", STRONG)
    assert Settings.load().jwt_secret == STRONG


def test_a_missing_secret_file_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JWT_SECRET_FILE", "/nowhere/jwt")
    with pytest.raises(SettingsError, match="/nowhere/jwt"):
        Settings.load()


def test_development_makes_its_secrets_once(tmp_path: Path) -> None:
    first, second = Settings.load(data_dir=tmp_path / "data"), Settings.load(data_dir=tmp_path / "data")
    assert len(first.jwt_secret) >= 32
    assert (first.jwt_secret, first.secrets_key) == (second.jwt_secret, second.secrets_key)
    for name in ("jwt_secret", "secrets_key"):
        assert stat.S_IMODE((tmp_path / "data" / name).stat().st_mode) == 0o600


def test_processes_that_start_together_keep_one_secret(tmp_path: Path) -> None:
    with ThreadPoolExecutor(16) as pool:
        kept = set(
            pool.map(lambda n: keep(tmp_path / "secret", lambda: f"{n}{os.urandom(8).hex()}"), range(64))
        )
    assert len(kept) == 1
    assert list(tmp_path.iterdir()) == [tmp_path / "secret"]


@pytest.mark.parametrize(
    "secrets",
    [
        {},
        {"jwt_secret": STRONG},
        {"secrets_key": FERNET_KEY},
        {"jwt_secret": STRONG[:31], "secrets_key": FERNET_KEY},
        {"jwt_secret": "a" * 64, "secrets_key": FERNET_KEY},
        {"jwt_secret": f"changeme-{STRONG}", "secrets_key": FERNET_KEY},
        {"jwt_secret": STRONG, "secrets_key": "A" * 43 + "="},
    ],
)
def test_production_refuses_missing_and_guessable_secrets(secrets: dict[str, Any]) -> None:
    with pytest.raises(SettingsError, match=r"JWT_SECRET|SECRETS_KEY"):
        Settings.load(app_env="production", **secrets)


def test_production_never_makes_secrets(tmp_path: Path) -> None:
    with pytest.raises(SettingsError):
        Settings.load(app_env="production", data_dir=tmp_path / "data")
    assert not (tmp_path / "data").exists()


def test_a_refusal_names_the_setting_and_no_value() -> None:
    with pytest.raises(SettingsError) as refusal:
        Settings.load(port="hunter2", secrets_key="not-a-key-hunter2")
    assert "PORT" in str(refusal.value)
    assert "SECRETS_KEY" in str(refusal.value)
    assert "hunter2" not in str(refusal.value)


def test_a_lease_that_its_send_outlasts_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="SEND_LEASE"):
        Settings.load(data_dir=tmp_path, send_timeout=30, send_lease=30)


def test_printed_settings_hold_no_secret() -> None:
    url = f"mongodb://user:{STRONG}@db.example"
    settings = Settings.load(
        jwt_secret=STRONG, secrets_key=FERNET_KEY, mongo_url=url, redis_url=url, gemini_api_key=STRONG
    )
    assert STRONG not in repr(settings)
    assert FERNET_KEY not in repr(settings)


def test_the_example_names_every_setting_with_its_default() -> None:
    named = dict(re.findall(r"^#([A-Z_]+)=(.*)$", (ROOT / ".env.example").read_text(), re.MULTILINE))
    assert set(named) == {name.upper() for name in Settings.model_fields}
    defaults = Settings(**{name.lower(): value for name, value in named.items() if value})
    assert defaults.model_dump() == Settings().model_dump()
