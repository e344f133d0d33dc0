"""Taking 100,000 people in, next to django-import-export's bulk mode, on both databases.

BENCH_PEOPLE=1000000 takes a million in; the rates on the way tell whether time grows linearly.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.db import connection
from import_export import resources
from import_export.fields import Field
from import_export.instance_loaders import CachedInstanceLoader
from import_export.widgets import CachedForeignKeyWidget
from tablib import Dataset

from crm.addresses import normalise_point
from crm.imports.run import import_list
from crm.models import Company, Contact, ContactPoint
from tests.bench.rows import Row, at_least, at_most

PEOPLE = int(os.environ.get("BENCH_PEOPLE", "100000"))
OF_PEER = 3_000  # the peer's rate falls with the rows: fewer flatter it
AT_A_COMPANY = 5
STEPS = (10_000, 100_000, 1_000_000)  # where rates are read, over the last tenth of each
HEADER = "full_name,title,email,phone,company,domain,country"
NAMES = {"postgresql": "PostgreSQL", "sqlite": "SQLite"}


class Bulk:
    """How the peer is set to be quick: it knows rows by one field and asks for none singly.

    Its own validation asks the database about each row, for what is unique: it is measured with
    that, as it has to be where nobody validates before, and without any.
    """

    instance_loader_class = CachedInstanceLoader
    use_bulk = True
    batch_size = 1000
    skip_diff = True
    skip_html_diff = True
    clean_model_instances = True


class NewOnes(CachedForeignKeyWidget):
    """Does not read everybody to find those of this list: they have no address yet."""

    def get_queryset(self, *told: Any, **values: Any) -> Any:
        return super().get_queryset(*told, **values).filter(points=None)


class PeerCompany(resources.ModelResource):
    domain = Field("domain", "domain")
    name = Field("name", "company")

    class Meta(Bulk):
        model = Company
        fields = ("domain", "name")
        import_id_fields = ("domain",)


class PeerContact(resources.ModelResource):
    company = Field("company", "domain", CachedForeignKeyWidget(Company, "domain"))
    name = Field("name", "full_name")
    role = Field("role", "title")
    country = Field("country", "country")

    class Meta(Bulk):
        model = Contact
        fields = ("id", "name", "role", "company", "country")
        import_id_fields = ("id",)


class PeerPoint(resources.ModelResource):
    """An address a row; the peer fills one table at a time."""

    contact = Field("contact", "id", NewOnes(Contact))
    kind = Field("kind", "kind")
    value = Field("value", "value")

    class Meta(Bulk):
        model = ContactPoint
        fields = ("contact", "kind", "value")
        import_id_fields = ("value",)

    def before_import_row(self, row: Any, **kwargs: Any) -> None:
        row["value"] = normalise_point(row["kind"], row["value"])


def run() -> list[Row]:
    """Rows of the server at hand, then of SQLite in a process of its own."""
    rows = measure()
    if connection.vendor != "sqlite":
        rows += _on_sqlite()
    return rows


def measure() -> list[Row]:
    """Import a list, import it again, and let the peer import the beginning of it."""
    on = NAMES[connection.vendor]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "people.csv"
        path.write_text("\n".join([HEADER, *people(0, PEOPLE)]) + "\n")
        own, marks = _own(path, created=PEOPLE)
        again, _ = _own(path, created=0)
    peer = _peer(list(people(PEOPLE, OF_PEER)), validated=True)
    bare = _peer(list(people(PEOPLE + OF_PEER, OF_PEER)), validated=False)
    grown = max(mark.megabytes for mark in marks) - marks[0].megabytes
    rates = [(step, _rate(marks, step)) for step in STEPS if step <= PEOPLE]
    told = ", ".join(f"{rate:,.0f}/s at {step:,}" for step, rate in rates)
    return [
        at_least(f"import of contacts, {on}", f"{own:,.0f} against {peer:,.0f}/s", own / peer, 10),
        Row(f"… against the peer without validation, {on}", f"{bare:,.0f}/s", own / bare),
        at_least(f"import of contacts, last against first, {on}", told, rates[-1][1] / rates[0][1],
                 0.8),
        at_least(f"the same list again, {on}", f"{again:,.0f} rows/s", again / own, 1),
        at_most(f"import of contacts, memory grown, {on}", f"{grown:.0f} MB", grown, 64, "MB"),
    ]  # fmt: skip


def people(start: int, count: int) -> Iterator[str]:
    """Lines of a list; five people a company."""
    for n in range(start, start + count):
        company = n % (PEOPLE // AT_A_COMPANY)
        yield (
            f"Person {n},CTO,person{n}@c{company}.example,+1305{n % 10_000_000:07},"
            f"Company {company},c{company}.example,US"
        )


@dataclass(frozen=True, slots=True)
class Mark:
    """How far an import was: rows, seconds since it began, megabytes of the process."""

    rows: int
    seconds: float
    megabytes: float


def _own(path: Path, *, created: int) -> tuple[float, list[Mark]]:
    """Rows a second, and a mark after each portion."""
    marks: list[Mark] = []
    start = time.perf_counter()

    def mark(rows: int, _about: int) -> None:
        marks.append(Mark(rows, time.perf_counter() - start, _megabytes()))

    report = import_list(path, "contacts", actor="bench", progress=mark)
    assert (report.created, report.rejected) == (created, []), report.rejected[:3]
    return report.read / marks[-1].seconds, marks


def _rate(marks: list[Mark], step: int) -> float:
    """Rows a second over the last tenth before `step` rows; the first step whole."""
    begin = 0 if step == STEPS[0] else step * 9 // 10
    seconds = {mark.rows: mark.seconds for mark in reversed(marks)}
    return (step - begin) / (seconds[step] - seconds.get(begin, 0))


def _peer(lines: list[str], *, validated: bool) -> float:
    """The peer's rows a second for the same companies, people and addresses.

    It keeps neither history nor ledger, and looks at no other row of the list.
    """
    names = HEADER.split(",")
    # Ready keys spare it the search for the person of an address.
    rows = [
        {"id": str(uuid4()), **dict(zip(names, line.split(","), strict=True))} for line in lines
    ]
    companies = {row["domain"]: row for row in rows}
    points = [
        row | {"kind": kind, "value": row[kind]} for kind in ("email", "phone") for row in rows
    ]
    start = time.perf_counter()
    for resource, wanted in (
        (PeerCompany, list(companies.values())), (PeerContact, rows), (PeerPoint, points),
    ):  # fmt: skip
        peer = resource()
        peer._meta.clean_model_instances = validated
        data = Dataset(headers=list(wanted[0]))
        data.extend([tuple(row.values()) for row in wanted])
        peer.import_data(data, raise_errors=True, use_transactions=True)
    taken = time.perf_counter() - start
    kept = ContactPoint.objects.filter(contact__name__in=[row["full_name"] for row in rows])
    assert kept.count() == 2 * len(rows)
    return len(lines) / taken


def _megabytes() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _on_sqlite() -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/bench.sqlite3"
        done = subprocess.run(
            [sys.executable, "-W", "ignore", "-m", "tests.bench.imports_on_sqlite"],
            env={**os.environ, "DATABASE_URL": url}, check=True, stdout=subprocess.PIPE,
        )  # fmt: skip
    return [Row(**row) for row in json.loads(done.stdout)]
