"""The key that seals chat ids: read as the operator wrote it, or made once for this user."""

from __future__ import annotations

import base64
import binascii
import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from storage.sealing import KEY_BYTES


class KeyMistake(Exception):  # noqa: N818 - it is the operator's mistake, said in a sentence
    """The key cannot be had; the text is a sentence for the operator, without the key."""


def decoded(written: str) -> bytes:
    """The key's bytes from base64 (either alphabet, padded or not) or hex."""
    text = written.strip()
    try:
        if len(text) == 2 * KEY_BYTES:
            return bytes.fromhex(text)
        unified = text.rstrip("=").replace("-", "+").replace("_", "/")
        key = base64.b64decode(unified + "=" * (-len(unified) % 4), validate=True)
    except (ValueError, binascii.Error):
        key = b""
    if len(key) != KEY_BYTES:
        raise KeyMistake(f"it must be {KEY_BYTES} bytes, written in base64 or hex") from None
    return key


def of_this_user(environment: Mapping[str, str]) -> bytes:
    """The key in the user's configuration folder, made now if there is none."""
    path = location(environment)
    try:
        if not path.exists():
            _make(path)
        return decoded(path.read_text("ascii"))
    except KeyMistake as mistake:
        raise KeyMistake(f"The data key in {path} is damaged: {mistake}.") from None
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not text"
        raise KeyMistake(
            f"The data key in {path} cannot be read or made ({reason}); set HOMEWARD_DATA_KEY."
        ) from None


def location(environment: Mapping[str, str]) -> Path:
    configured = environment.get("XDG_CONFIG_HOME") or "~/.config"
    return Path(configured).expanduser() / "homeward" / "data.key"


def _make(path: Path) -> None:
    """Whole or not at all, and never over a key that another process made meanwhile."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode() + "\n")
            file.flush()
            os.fsync(file.fileno())
        try:
            path.hardlink_to(draft)
        except FileExistsError:
            return
    finally:
        draft.unlink()
