"""What earlier rows of the same list claimed, on disk, so that memory stays flat."""

import sqlite3
from collections.abc import Iterable

PORTION = 900


class Seen:
    """Keys with the row that had each first; one import at a time, gone when it ends."""

    def __init__(self) -> None:
        self._store = sqlite3.connect("")  # a temporary file of SQLite's own
        self._store.execute("PRAGMA journal_mode=OFF")
        self._store.execute("PRAGMA synchronous=OFF")
        self._store.execute("CREATE TABLE seen (key TEXT PRIMARY KEY, row INT) WITHOUT ROWID")

    def find(self, keys: Iterable[str]) -> dict[str, int]:
        """The keys among these that were claimed, with the row."""
        wanted = list(keys)
        found: dict[str, int] = {}
        for start in range(0, len(wanted), PORTION):
            part = wanted[start : start + PORTION]
            marks = ",".join("?" * len(part))
            query = f"SELECT key, row FROM seen WHERE key IN ({marks})"  # noqa: S608  only marks
            found.update(self._store.execute(query, part).fetchall())
        return found

    def claim(self, keys: dict[str, int]) -> None:
        """Remember them; who was first stays."""
        self._store.executemany("INSERT OR IGNORE INTO seen VALUES (?, ?)", keys.items())
        self._store.commit()

    def close(self) -> None:
        """Give the space back."""
        self._store.close()
