from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.errors import StoreError, WrongKey
from storage.sealing import Seal
from tests.stores import KEY

_CHAT_IDS = st.integers(min_value=-(2**63), max_value=2**63 - 1)
_SEAL, _OTHER = Seal(KEY), Seal(bytes(32))


@given(_CHAT_IDS)
def test_what_was_sealed_is_unsealed(chat_id: int) -> None:
    assert _SEAL.unseal(_SEAL.seal(chat_id)) == chat_id


@given(_CHAT_IDS)
def test_sealed_and_hashed_ids_hold_neither_bytes_nor_digits_of_the_id(chat_id: int) -> None:
    kept = _SEAL.seal(chat_id) + _SEAL.hashed(chat_id)

    assert chat_id.to_bytes(8, "big", signed=True) not in kept
    assert len(_SEAL.seal(chat_id)) == len(_SEAL.seal(0))


def test_the_same_id_is_sealed_differently_and_hashed_alike() -> None:
    assert _SEAL.seal(42) != _SEAL.seal(42)
    assert _SEAL.hashed(42) == Seal(KEY).hashed(42)


def test_another_key_gives_other_hashes_and_fingerprints() -> None:
    assert _SEAL.hashed(42) != _OTHER.hashed(42)
    assert _SEAL.fingerprint != _OTHER.fingerprint
    assert KEY.hex() not in _SEAL.fingerprint


def test_another_key_does_not_unseal() -> None:
    with pytest.raises(WrongKey):
        _OTHER.unseal(_SEAL.seal(42))


def test_changed_bytes_are_not_unsealed() -> None:
    sealed = bytearray(_SEAL.seal(42))
    sealed[-1] ^= 1

    with pytest.raises(WrongKey):
        _SEAL.unseal(bytes(sealed))


def test_a_key_of_another_length_is_refused_without_showing_it() -> None:
    with pytest.raises(StoreError) as refused:
        Seal(b"secret")

    assert "secret" not in str(refused.value)
