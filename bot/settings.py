"""Everything that an operator decides, each setting described where it stands.

Values never appear in an error: a mistake becomes one sentence that names the setting.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from bot.data_key import KeyMistake, decoded
from storage.errors import NotAPerson
from storage.moderators import check_person

PREFIX = "HOMEWARD_"
TELEGRAM = "https://api.telegram.org"
SECRETS_FOLDER = Path("/run/secrets")

_WEBHOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_HIGHEST_PORT = 65535


class SettingsMistake(Exception):  # noqa: N818 - it is the operator's mistake, said in a sentence
    """A setting cannot be used; the text is a sentence for the operator, without the value."""


class Settings(BaseSettings):
    """Read from the environment, then `.env`, then a folder of secrets; fixed from then on."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=".env",
        env_ignore_empty=True,
        secrets_dir=SECRETS_FOLDER,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    token: SecretStr | None = Field(
        default=None,
        description="BotFather's token (secret)",
    )
    api_url: str = Field(
        default=TELEGRAM,
        description="root of the Bot API",
        pattern=r"^https?://[^/\s]+(/[^\s?#]*)?$",
    )
    database_url: SecretStr = Field(
        default=SecretStr("sqlite+aiosqlite:///homeward.db"),
        description="where the bot keeps what it knows: `sqlite+aiosqlite:///FILE` "
        "or `postgresql+asyncpg://USER:PASSWORD@HOST/NAME`",
    )
    data_key: SecretStr | None = Field(
        default=None,
        description="32 bytes in base64 or hex that seal chat ids (secret); for SQLite made once "
        "in the user's configuration folder, for PostgreSQL required",
    )
    owners: Annotated[tuple[int, ...], NoDecode] = Field(
        default=(),
        description="Telegram user ids, comma-separated, that are owners from the start",
    )
    undo_seconds: int = Field(
        default=20,
        description="pause between publishing and the first send, in seconds, up to 3600",
        ge=0,
        le=3600,
    )
    rate: int = Field(
        default=30,
        description="messages a second, 1 to 30, alerts and answers together",
        ge=1,
        le=30,
    )
    paid_rate: int = Field(
        default=0,
        description="above 0: alerts are paid broadcasts at this rate, up to 1000 a second; "
        "answers keep to the other",
        ge=0,
        le=1000,
    )
    webhook_url: str | None = Field(
        default=None,
        description="address to which Telegram posts updates, `https://HOST/PATH`; "
        "without it they are asked for",
        pattern=r"^(https://[^/\s{}?#]+|http://(127\.0\.0\.1|localhost|\[::1\])(:\d+)?)(/[^\s{}?#]*)?$",
    )
    webhook_secret: SecretStr | None = Field(
        default=None,
        description="what Telegram proves itself with there, 1 to 256 of `A-Za-z0-9_-` (secret)",
    )
    listen: str = Field(
        default="127.0.0.1:8000",
        description="where the bot receives what is posted there, `HOST:PORT`; "
        "used with a webhook alone",
        pattern=r"^([^\s:\[\]/]+|\[[0-9A-Fa-f:.]+\]):\d{1,5}$",
    )
    proxy: SecretStr | None = Field(
        default=None,
        description="address of the only proxy that is used, `http://HOST:PORT`",
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO",
        description="how much is logged: `DEBUG`, `INFO`, `WARNING` or `ERROR`",
    )
    log_format: Literal["console", "json"] = Field(
        default="console",
        description="how it is logged: `console` or `json`",
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003 - the library decides
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The folder of secrets is asked only where there is one."""
        folder = (file_secret_settings,) if SECRETS_FOLDER.is_dir() else ()
        return (init_settings, env_settings, dotenv_settings, *folder)

    @field_validator("api_url")
    @classmethod
    def _without_slash(cls, url: str) -> str:
        return url.rstrip("/")

    @field_validator("database_url")
    @classmethod
    def _known_store(cls, url: SecretStr) -> SecretStr:
        if not url.get_secret_value().startswith(("sqlite+aiosqlite:///", "postgresql+asyncpg://")):
            raise ValueError("it must start with sqlite+aiosqlite:/// or postgresql+asyncpg://")
        return url

    @field_validator("data_key")
    @classmethod
    def _whole_key(cls, key: SecretStr | None) -> SecretStr | None:
        if key is not None:
            try:
                decoded(key.get_secret_value())
            except KeyMistake as mistake:
                raise ValueError(str(mistake)) from None
        return key

    @field_validator("owners", mode="before")
    @classmethod
    def _ids(cls, value: Any) -> tuple[int, ...]:
        parts = value.split(",") if isinstance(value, str) else value
        try:
            ids = tuple(dict.fromkeys(int(part) for part in parts if str(part).strip()))
        except (TypeError, ValueError):
            raise ValueError("write Telegram user ids with commas between them") from None
        try:
            for one in ids:
                check_person(one)
        except NotAPerson:
            raise ValueError("one of the ids does not belong to a person") from None
        return ids

    @field_validator("webhook_secret")
    @classmethod
    def _fit_secret(cls, secret: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        if secret and not _WEBHOOK_SECRET.fullmatch(secret.get_secret_value()):
            raise ValueError("it must be 1 to 256 letters, digits, _ and -")
        if (secret is None) != (info.data.get("webhook_url") is None):
            raise ValueError(f"it and {PREFIX}WEBHOOK_URL are set together or not at all")
        return secret

    @field_validator("listen")
    @classmethod
    def _known_port(cls, address: str) -> str:
        if int(address.rpartition(":")[2]) > _HIGHEST_PORT:
            raise ValueError(f"the port is at most {_HIGHEST_PORT}")
        return address

    @field_validator("proxy")
    @classmethod
    def _known_proxy(cls, proxy: SecretStr | None) -> SecretStr | None:
        if proxy and not proxy.get_secret_value().startswith(("http://", "https://")):
            raise ValueError("it must start with http:// or https://")
        return proxy

    @property
    def alert_rate(self) -> int:
        """How many alerts leave in a second, at most."""
        return self.paid_rate or self.rate

    @property
    def for_sqlite(self) -> bool:
        return self.database_url.get_secret_value().startswith("sqlite")

    @property
    def secrets(self) -> tuple[str, ...]:
        """All values that must not be seen anywhere."""
        kept = (self.token, self.data_key, self.webhook_secret, self.proxy, self.database_url)
        return tuple(one.get_secret_value() for one in kept if one)


def read_settings() -> Settings:
    """The settings as they stand; a mistake in them is raised as one sentence."""
    try:
        return Settings()
    except ValidationError as invalid:
        mistake = invalid.errors(include_input=False, include_url=False)[0]
        name = f"{PREFIX}{str(mistake['loc'][0]).upper()}"
        reason = mistake["msg"].removeprefix("Value error, ")
        raise SettingsMistake(f"{name} cannot be used: {reason}.") from None
    except (OSError, UnicodeDecodeError):
        raise SettingsMistake(".env cannot be read. It must be a file of text in UTF-8.") from None
