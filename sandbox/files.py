"""Files that the bot uploads, kept for download and for the page."""

from __future__ import annotations

import re
import secrets
import struct
from dataclasses import dataclass
from typing import Final

from sandbox.refusals import bad_request

MAX_UPLOAD: Final = 50 * 1024 * 1024
MAX_PHOTO: Final = 10 * 1024 * 1024
_MAX_SIDES: Final = 10_000
_MAX_RATIO: Final = 20


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came with a call."""

    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Stored:
    """An upload with the names under which Telegram hands it out again."""

    file_id: str
    unique_id: str
    path: str
    upload: Upload


class Files:
    """All uploads, by file id and by path."""

    def __init__(self) -> None:
        self._by_id: dict[str, Stored] = {}
        self._by_path: dict[str, Stored] = {}

    def keep(self, upload: Upload, folder: str) -> Stored:
        unique = secrets.token_hex(8)
        ending = upload.name.rpartition(".")[2] if "." in upload.name else "bin"
        path = f"{folder}/file_{len(self._by_id)}.{ending}"
        stored = Stored(f"AgAC{secrets.token_hex(20)}", unique, path, upload)
        self._by_id[stored.file_id] = self._by_path[path] = stored
        return stored

    def by_id(self, file_id: str) -> Stored:
        if (stored := self._by_id.get(file_id)) is None:
            raise bad_request("wrong file_id or the file is temporarily unavailable")
        return stored

    def by_path(self, path: str) -> Stored | None:
        return self._by_path.get(path)


def photo_size(upload: Upload) -> tuple[int, int]:
    """Width and height of a PNG or JPEG, or Telegram's refusal of the picture."""
    if len(upload.content) > MAX_PHOTO:
        raise bad_request("file is too big")
    size = _png_size(upload.content) or _jpeg_size(upload.content)
    if size is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    width, height = size
    if width + height > _MAX_SIDES or max(size) > _MAX_RATIO * min(size):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return size


def _png_size(content: bytes) -> tuple[int, int] | None:
    if content[:8] != b"\x89PNG\r\n\x1a\n" or content[12:16] != b"IHDR" or len(content) < 24:  # noqa: PLR2004 - as PNG
        return None
    width, height = struct.unpack(">II", content[16:24])
    return width, height


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    if not content.startswith(b"\xff\xd8"):
        return None
    frame = re.search(rb"\xff[\xc0-\xc2]..\x08(..)(..)", content, re.DOTALL)
    if frame is None:
        return None
    height, width = (int.from_bytes(side, "big") for side in frame.groups())
    return width, height
