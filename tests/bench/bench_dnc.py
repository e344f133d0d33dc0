"""Do-not-call lists with five million numbers: import, memory and look-ups, on both databases."""

import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils import timezone

from compliance.dnc import load, lookup
from compliance.models import DncFile
from tests.bench.rows import Row, at_most

FLAT_CODES, XML_CODES = (305, 407, 561, 813), (904,)
NUMBERS = 1_000_000  # an area code
SAN = "10021234-56789-23"
NAMES = {"postgresql": "PostgreSQL", "sqlite": "SQLite"}


def run() -> list[Row]:
    """Rows of the server at hand, then of SQLite in a process of its own."""
    rows = measure()
    if connection.vendor != "sqlite":
        rows += _on_sqlite()
    return rows


def measure() -> list[Row]:
    """Import five area codes of a million numbers each, then ask them."""
    settings.DNC_SAN = SAN
    on = NAMES[connection.vendor]
    with tempfile.TemporaryDirectory() as folder:
        flat = _import([_write(Path(folder), code, "flat") for code in FLAT_CODES])
        xml = _import([_write(Path(folder), code, "xml") for code in XML_CODES])
    one, many = _ask()
    grown = max(flat[1], xml[1])
    return [
        _rate(f"DNC import, flat, {on}", flat[0]),
        _rate(f"DNC import, XML, {on}", xml[0]),
        at_most(f"DNC import, memory grown, {on}", f"{grown:.0f} MB", grown, 64, "MB"),
        at_most(f"DNC look-up among 5 million, {on}", f"{one:.2f} ms", one, 1, "ms"),
        at_most(f"DNC look-up, batch of 1,000, {on}", f"{many:.0f} ms", many, 250, "ms"),
    ]


def _rate(name: str, rate: float) -> Row:
    least = 100_000
    return Row(name, f"{rate:,.0f} numbers/s", rate / least, f"≥ {least:,}/s", rate >= least)


def numbers(code: int) -> Iterator[int]:
    """A million seven-digit numbers in order, one of each eight; the same ones every time."""
    chance = random.Random(code)
    return (start + chance.randrange(8) for start in range(2_000_000, 10_000_000, 8))


def _write(folder: Path, code: int, shape: str) -> Path:
    """A zipped full list, written line by line."""
    path = folder / f"{code}.zip"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open(f"{code}.txt", "w") as member,
    ):
        if shape == "flat":
            member.writelines(b"%d,%07d\n" % (code, number) for number in numbers(code))
        else:
            member.write(b"<list type='full' val='%d'><ac val='%d'>\n" % (code, code))
            member.writelines(b"<ph val='%d'/>\n" % number for number in numbers(code))
            member.write(b"</ac></list>\n")
    return path


def _import(paths: list[Path]) -> tuple[float, float]:
    """(numbers a second, megabytes the process grew by at its largest)."""
    before, largest, taken = _megabytes(), 0.0, 0.0

    def watch(_file: DncFile) -> None:
        nonlocal largest
        largest = max(largest, _megabytes())

    for path in paths:
        start = time.perf_counter()
        file = load.hand_in(
            path.name, source="national", list_date=timezone.localdate(), actor="bench", san=SAN
        )
        with path.open("rb") as opened:
            load.load(file, opened, actor="bench", progress=watch)
        taken += time.perf_counter() - start
        assert file.versions.get().numbers == NUMBERS
    return NUMBERS * len(paths) / taken, max(largest - before, 0.0)


def _megabytes() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _ask() -> tuple[float, float]:
    """Median milliseconds of 1,000 single look-ups, and of ten batches of 1,000."""
    chance = random.Random(7)
    codes = [*FLAT_CODES, *XML_CODES]
    phones = [
        f"+1{chance.choice(codes)}{chance.randrange(2_000_000, 10_000_000)}" for _ in range(1000)
    ]
    now = timezone.now()
    single, batch = [], []
    for phone in phones:
        start = time.perf_counter()
        lookup.ask([phone], now)
        single.append((time.perf_counter() - start) * 1000)
    for _ in range(10):
        start = time.perf_counter()
        answer = lookup.ask(phones, now)
        batch.append((time.perf_counter() - start) * 1000)
    listed = sum(map(bool, answer.listings.values()))
    assert 50 < listed < 250, f"{listed} of 1,000 listed, one in eight expected"
    return statistics.median(single), statistics.median(batch)


def _on_sqlite() -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/bench.sqlite3"
        done = subprocess.run(
            [sys.executable, "-W", "ignore", "-m", "tests.bench.dnc_on_sqlite"],
            env={**os.environ, "DATABASE_URL": url}, check=True, stdout=subprocess.PIPE,
        )  # fmt: skip
    return [Row(**row) for row in json.loads(done.stdout)]
