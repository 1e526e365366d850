"""Telegram's ids at rest: sealed for sending, hashed for look-up, readable by nobody else."""

from __future__ import annotations

import hmac
import secrets
import struct

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from storage.errors import StoreError, WrongKey

KEY_BYTES = 32
_NONCE_BYTES = 12
_CHAT_ID = struct.Struct(">q")


class Seal:
    """The one thing that knows the data key; it never leaves this object."""

    def __init__(self, key: bytes) -> None:
        if len(key) != KEY_BYTES:
            raise StoreError(f"The data key has {KEY_BYTES} bytes; this one has {len(key)}.")
        self._cipher = AESGCM(_derived(key, b"homeward: sealed ids"))
        self._hash_key = _derived(key, b"homeward: hashed ids")
        self._mark_key = _derived(key, b"homeward: marked texts")
        self.fingerprint = _derived(key, b"homeward: fingerprint").hex()
        """What a store keeps to recognise its key by."""

    def seal(self, chat_id: int) -> bytes:
        """Different bytes each time, even for the same id."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, _CHAT_ID.pack(chat_id), None)

    def unseal(self, sealed: bytes) -> int:
        try:
            plain = self._cipher.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], None)
        except InvalidTag:
            raise WrongKey from None
        chat_id: int = _CHAT_ID.unpack(plain)[0]
        return chat_id

    def hashed(self, chat_id: int) -> bytes:
        """Always the same bytes for the same id; without the key it says nothing."""
        return hmac.digest(self._hash_key, _CHAT_ID.pack(chat_id), "sha256")

    def marked(self, text: str) -> str:
        """A text by which the same text is known again; without the key it says nothing."""
        return hmac.digest(self._mark_key, text.encode(), "sha256").hex()


def _derived(key: bytes, purpose: bytes) -> bytes:
    return HKDFExpand(algorithm=SHA256(), length=KEY_BYTES, info=purpose).derive(key)
