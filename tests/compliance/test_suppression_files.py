"""The list as a file: every sound row in, every other told; out again without a formula."""

import io
from datetime import UTC, datetime

import pytest

from compliance import keyed_hash
from compliance.models import AuditEntry, Suppression
from compliance.spreadsheets import BadFileError, Report, harmless, plain
from compliance.suppression_files import export_list, import_list

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)


def take_in(text: str | bytes, *, dry_run: bool = False) -> Report:
    data = text if isinstance(text, bytes) else text.encode()
    return import_list(io.BytesIO(data), name="old.csv", actor="ella", dry_run=dry_run, now=NOW)


def test_an_address_is_enough() -> None:
    report = take_in("address\nPriya@Jets.example\n+1 201 555 0118\n@gone.example\n")
    assert (report.created, report.rejected) == (3, [])
    rows = Suppression.objects.values_list("kind", "address", "scope", "reason", "imported_from")
    assert set(rows) == {
        ("email", "priya@jets.example", "all", "manual", "old.csv"),
        ("phone", "+12015550118", "all", "manual", "old.csv"),
        ("domain", "gone.example", "all", "manual", "old.csv"),
    }
    assert AuditEntry.objects.filter(action="suppression.added", actor="ella").count() == 3


def test_every_rejected_row_is_told_with_its_line_and_reason() -> None:
    rows = [
        "kind,address,scope,reason,received_at",
        "email,nobody,,,",
        "phone,1-800-FLOWERS,,,",
        "pigeon,a@b.example,,,",
        "email,b@b.example,some,,",
        "email,c@b.example,,whim,",
        "email,d@b.example,,,yesterday",
        "email,e@b.example,,,2030-01-01",
        "email,f@b.example",
        ",hmac:00000000:" + "0" * 64 + ",,,",
        'email,"g@b.example" x,,,',
    ]
    report = take_in("\n".join(rows) + "\n")
    assert [line for line, _reason in report.rejected] == list(range(2, 12))
    reasons = " ".join(reason for _line, reason in report.rejected)
    for words in (
        "not an e-mail", "letters", "no kind", "no scope", "no reason", "no moment", "future",
        "2 cells", "pepper", "quotation",
    ):  # fmt: skip
        assert words in reasons
    assert not Suppression.objects.exists()


def test_a_dry_run_counts_the_same_and_keeps_nothing() -> None:
    text = "address\na@jets.example\nA@JETS.example\nb@jets.example\n"
    dry = take_in(text, dry_run=True)
    assert not Suppression.objects.exists()
    assert dry == take_in(text)
    assert (dry.created, dry.unchanged) == (2, 1)


def test_what_stands_is_left_as_it_is() -> None:
    take_in("address,words\na@jets.example,first\n")
    report = take_in("address,words\na@jets.example,second\n")
    assert (report.created, report.unchanged) == (0, 1)
    assert Suppression.objects.get().words == "first"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"name\nx\n", "missing"),
        (b"address,address\n", "twice"),
        (b"address,colour\n", "not known"),
        ("address\na@jets.example\n".encode("utf-16"), "UTF-8"),
    ],
)
def test_what_is_no_table_of_ours_is_refused(data: bytes, words: str) -> None:
    with pytest.raises(BadFileError, match=words):
        take_in(data)


def test_a_list_that_turns_out_not_to_be_utf8_loses_no_wish_behind_the_damage() -> None:
    """Behind the first portion, so that rows before it are kept already."""
    rows = [f"a{n}@jets.example,moved to Zürich".encode() for n in range(1500)]
    rows[700] = "m700@jets.example,moved to Zürich".encode("latin-1")
    rows[701] = "ü@jets.example,".encode("cp1252")
    report = take_in(b"\n".join([b"address,words", *rows]))
    assert report.created == 1498
    assert [number for number, _reason in report.rejected] == [702, 703]
    assert "not UTF-8. Save the file as “CSV UTF-8”" in report.rejected[0][1]
    assert Suppression.objects.filter(address="a1499@jets.example").exists()
    mended = take_in("\n".join(["address", "m700@jets.example", "a0@jets.example"]).encode())
    assert (mended.created, mended.unchanged) == (1, 1)


def test_what_is_written_out_is_taken_in_again() -> None:
    take_in("address,scope,words\na@jets.example,sms,=cmd()\n+12015550118,all,-1\n")
    Suppression.objects.create(
        kind="email",
        address=keyed_hash.hashed("x@y.example"),
        reason="erasure",
        source="desk",
        received_at=NOW,
    )
    out = io.StringIO()
    assert export_list(out) == 3
    assert "'=cmd()" in out.getvalue()
    assert ",+12015550118," in out.getvalue()
    before = set(Suppression.objects.values_list("kind", "address", "scope", "words"))
    Suppression.objects.all().delete()
    report = take_in(out.getvalue())
    assert (report.created, report.rejected) == (3, [])
    assert set(Suppression.objects.values_list("kind", "address", "scope", "words")) == before


@pytest.mark.parametrize("cell", ["=1+1", "+1+1", "-1", "@SUM(A1)", "\tx", "\rx", "\nx"])
def test_no_cell_becomes_a_formula(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"
    assert plain(harmless(cell)) == cell


@pytest.mark.parametrize("cell", ["+12015550118", "+12015550118; +441314960127", "O'Hara", "'tis"])
def test_what_is_harmless_stays(cell: str) -> None:
    assert plain(harmless(cell)) == cell == harmless(cell)
