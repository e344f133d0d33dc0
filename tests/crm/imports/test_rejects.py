"""Rejected rows as a file: corrected there and taken in again, harmless in a spreadsheet."""

from pathlib import Path

import pytest

from crm.imports.rejects import write_rejects
from crm.imports.run import import_list
from crm.models import Contact

pytestmark = pytest.mark.django_db


def test_rejected_rows_can_be_corrected_and_taken_in(tmp_path: Path) -> None:
    file, back = tmp_path / "people.csv", tmp_path / "rejected.csv"
    file.write_text(
        "Name;E-mail;Shoe\nPat;pat@sky.example;1\nKim;kim@;2\nLee;lee@sky.example;3;4\n"
    )
    report = import_list(file, "contacts", actor="sam")
    with back.open("w", encoding="utf-8-sig", newline="") as out:
        assert write_rejects(out, report.header, report.rejected) == 2
    text = back.read_text("utf-8-sig")
    assert "Kim,kim@,2,3,email" in text
    assert "4 cells" in text
    back.write_text(text.replace("kim@,", "kim@sky.example,"), encoding="utf-8-sig")
    again = import_list(back, "contacts", actor="sam")
    assert (again.created, len(again.rejected)) == (1, 1)
    assert Contact.objects.count() == 2


def test_a_rejected_formula_computes_nothing(tmp_path: Path) -> None:
    file, back = tmp_path / "people.csv", tmp_path / "rejected.csv"
    file.write_text("Name,E-mail\n=HYPERLINK(1),bad@\n")
    report = import_list(file, "contacts", actor="sam")
    with back.open("w", newline="") as out:
        write_rejects(out, report.header, report.rejected)
    assert "\n'=HYPERLINK(1)," in back.read_text()
