"""Whether a file lies where SQLite can keep its promise: on a disk of this machine, with room.

SQLite's locks and its shared memory need all processes on one host. On a network disk two programs
can both believe that they hold the lock, and the file is damaged some day.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

_MOUNTS = Path("/proc/self/mountinfo")
_NETWORK = frozenset(
    {
        "afs",
        "ceph",
        "cifs",
        "fuse.glusterfs",
        "fuse.sshfs",
        "glusterfs",
        "ncpfs",
        "nfs",
        "nfs4",
        "smb3",
        "smbfs",
    }
)


def network_disk(path: Path, mounts: Path = _MOUNTS) -> str | None:
    """The kind of network disk that a file lies on, or would; None for a disk of this machine.

    Only Linux says what is mounted where; elsewhere nothing is found.
    """
    place = path.resolve()
    try:
        mounted = list(_mounted(mounts.read_text(encoding="utf-8", errors="replace")))
    except OSError:
        return None
    over = [(at, kind) for at, kind in mounted if place.is_relative_to(at)]
    # What is mounted last lies over what was there before, so the later of two equals counts.
    kind = (
        max(enumerate(over), key=lambda one: (len(one[1][0].parts), one[0]))[1][1] if over else ""
    )
    return kind if kind in _NETWORK else None


def filled(path: Path) -> float:
    """How much of what a file's disk has for us is taken, from 0 to 1."""
    disk = shutil.disk_usage(path.resolve().parent)
    return disk.used / (disk.used + disk.free)


def _mounted(text: str) -> Iterator[tuple[Path, str]]:
    """Where what is mounted: the fifth field of a line, and the first after the lone dash."""
    for line in text.splitlines():
        before, _, after = line.partition(" - ")
        fields = before.split(" ")
        if len(fields) > 4 and after:  # noqa: PLR2004 (the fifth is the place)
            yield Path(_unescaped(fields[4])), after.split(" ")[0]


def _unescaped(field: str) -> str:
    """A name as it is: a space in it is written as a backslash and its octal number."""
    return re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), field)
