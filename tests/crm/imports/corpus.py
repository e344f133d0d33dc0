"""Forty messy lists, built by code: each with who is in and which rows stay out, and why."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

HEAD = "full_name,title,email,phone,company,domain,country"
PAT = "Pat Doe,CTO,pat@sky.example,+1 305 555 1234,Sky,sky.example,US"
KIM = "Kim Roe,CEO,kim@lake.example,+44 20 7946 0958,Lake,lake.example,GB"
ZOE = "Zoë Müller,Leiterin,zoe@see.example,+49 30 901820,Größe & Söhne,see.example,DE"
PACO = "Paco Núñez,Director,paco@mar.example,+34 912 34 56 78,Peñalara,mar.example,España"
IVAN = "Иван Петров;Директор;ivan@reka.example;8 (495) 123-45-67;Ромашка;reka.example;Россия"
ANNA = "Анна Щукина;Бухгалтер;anna@reka.example;+7 495 765-43-21;Ромашка;reka.example;Россия"
KOPF = "ФИО;Должность;Почта;Телефон;Компания;Сайт;Страна"
BOTH = {"pat@sky.example", "kim@lake.example"}
RUSSIANS = {"ivan@reka.example", "anna@reka.example"}


@dataclass(frozen=True, slots=True)
class Messy:
    """`emails` who is in; `out` row → reason code; `refused` the words of a file refused whole."""

    name: str
    data: bytes
    emails: frozenset[str] = frozenset()
    out: dict[int, str] = field(default_factory=dict)
    refused: str = ""
    phones: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()


def lists() -> list[Messy]:
    """The corpus, in four groups of ten."""
    return [*_encodings(), *_shapes(), *_values(), *_workbooks_and_others()]


def _file(
    name: str,
    text: str | bytes,
    emails: set[str] | None = None,
    out: dict[int, str] | None = None,
    *,
    code: str = "utf-8",
    refused: str = "",
    phones: set[str] | None = None,
    names: set[str] | None = None,
) -> Messy:
    data = text if isinstance(text, bytes) else text.encode(code)
    return Messy(
        name, data, frozenset(emails or ()), out or {}, refused,
        frozenset(phones or ()), frozenset(names or ()),
    )  # fmt: skip


def _lines(*lines: str, end: str = "\n") -> str:
    return end.join(lines) + end


def _encodings() -> list[Messy]:
    plain, russian = _lines(HEAD, PAT, KIM), _lines(KOPF, IVAN, ANNA)
    accents = _lines(HEAD, ZOE, PACO)
    two = {"zoe@see.example", "paco@mar.example"}
    spelt = {"Zoë Müller", "Paco Núñez"}
    cyrillic = {"Иван Петров", "Анна Щукина"}
    return [
        _file("utf8.csv", accents, two, names=spelt),
        _file("utf8_bom.csv", accents, two, code="utf-8-sig", names=spelt),
        _file("utf16_bom.csv", accents, two, code="utf-16", names=spelt),
        _file("utf16le_no_bom.csv", plain, BOTH, code="utf-16-le"),
        _file("utf16be_bom.csv", b"\xfe\xff" + accents.encode("utf-16-be"), two, names=spelt),
        _file("cp1251.csv", russian, RUSSIANS, code="cp1251", names=cyrillic),
        _file("koi8r.csv", russian, RUSSIANS, code="koi8_r", names=cyrillic),
        _file("cp1252.csv", accents, two, code="cp1252", names=spelt),
        _file("latin1.csv", accents, two, code="latin_1", names=spelt),
        _file(
            "utf8_one_bad_byte.csv",
            _lines(HEAD, *map(_another_zoe, range(6))).encode()
            + b"Andr\xe9,CFO,andre@sky.example,,Sky,,US\n",
            {f"zoe{n}@see.example" for n in range(6)}, {8: "unreadable_character"},
        ),
    ]  # fmt: skip


def _another_zoe(number: int) -> str:
    return ZOE.replace("zoe@", f"zoe{number}@").replace("Zoë", f"Zoë{number}")


def _shapes() -> list[Messy]:
    plain = _lines(HEAD, PAT, KIM)
    quoted = 'Pat Doe,"CTO,\nand more",pat@sky.example,,"Sky ""the"" Co",sky.example,US'
    return [
        _file("semicolons.csv", plain.replace(",", ";"), BOTH),
        _file("tabs.tsv", plain.replace(",", "\t"), BOTH),
        _file("pipes.txt", plain.replace(",", "|"), BOTH),
        _file("sep_line.csv", "sep=;\r\n" + plain.replace(",", ";"), BOTH),
        _file("carriage_returns.csv", _lines(HEAD, PAT, KIM, end="\r"), BOTH),
        _file("quoted_newlines.csv", _lines(HEAD, quoted, KIM), BOTH),
        _file("title_above.csv", _lines("Contacts of May,,,,,,", "", HEAD, PAT, KIM), BOTH),
        _file(
            "ragged.csv",
            _lines(HEAD, PAT, "Too,few", f"{KIM},extra", f"{KIM},,"), BOTH,
            {3: "ragged_row", 4: "ragged_row"},
        ),
        _file(
            "open_quote.csv", _lines(HEAD, f'"{PAT}', KIM), {"kim@lake.example"}, {2: "bad_quotes"}
        ),
        _file(
            "duplicate_headers.csv",
            _lines("name,name,email,email", "Pat,Pat,pat@sky.example,p2@sky.example",
                   "Kim,Jim,kim@lake.example,"),
            {"pat@sky.example", "p2@sky.example"}, {3: "two_values"},
        ),
    ]  # fmt: skip


def _values() -> list[Messy]:
    def rows(*lines: str) -> str:
        return _lines("name,email,phone,company,country", *lines)

    return [
        _file(
            "bad_addresses.csv",
            rows("A,a@,,Sky,", "B,b b@x.example,,Sky,", "C,,12,Sky,US", "D,,1-800-FLOWERS,Sky,US",
                 "E,,,Sky,US", "Pat,pat@sky.example,,Sky,"),
            {"pat@sky.example"},
            {2: "bad_email", 3: "bad_email", 4: "bad_phone", 5: "bad_phone", 6: "no_address"},
        ),
        _file(
            "national_numbers.csv",
            rows("A,,(305) 555-1234,,USA", "B,,020 7946 0958,,United Kingdom",
                 "C,,8 800 555-35-35,,Россия", "D,,0049 30 901820,,US", "E,,912 345 678,,ESP"),
            phones={"+13055551234", "+442079460958", "+78005553535", "+4930901820",
                    "+34912345678"},
        ),
        _file("shortened_by_excel.csv", rows("A,,1.30556E+10,,US"), out={2: "bad_phone"}),
        _file(
            "duplicates.csv",
            rows("Pat,pat@sky.example,305-555-1234,Sky,US", "Pat,PAT@SKY.example,,Sky,US",
                 "pat,,+1 (305) 555 1234,Sky,US", "Kim,kim@lake.example,305-555-1234,Sky,US"),
            BOTH, {3: "duplicate_in_file", 4: "duplicate_in_file"},
        ),
        _file(
            "idn.csv", rows("Jo,jo@bücher.example,,,", "Li,li@пример.example,,,"),
            {"jo@xn--bcher-kva.example", "li@xn--e1afmkfd.example"},
        ),
        _file(
            "formulas.csv", rows("'=HYPERLINK(1),pat@sky.example,'+13055551234,'@Sky,US"),
            {"pat@sky.example"}, names={"=HYPERLINK(1)"}, phones={"+13055551234"},
        ),
        _file(
            "words_for_nothing.csv", rows("Pat,pat@sky.example,N/A,-,null", "Kim,none,n/a,,—"),
            {"pat@sky.example"}, {3: "no_address"},
        ),
        _file(
            "nul_and_far_too_long.csv",
            rows("P\x00at,pat@sky.example,,,", "Kim,kim@lake.example,,,", "X" * 30_000 + ",a,,,",
                 "Y" * 200 + ",y@sky.example,,,"),
            {"kim@lake.example"}, {2: "nul_character", 4: "too_long", 5: "too_long"},
        ),
        _file(
            "no_such_country.csv",
            rows("Pat,pat@sky.example,,,Atlantis", "Kim,kim@lake.example,,,uk"),
            {"kim@lake.example"}, {2: "bad_country"},
        ),
        _file(
            "several_in_a_cell.csv",
            rows('Pat,"pat@sky.example, Kim <kim@lake.example>",'
                 '"+1 305 555 1234, +1 305 555 1235",,'),
            BOTH, phones={"+13055551234", "+13055551235"},
        ),
    ]  # fmt: skip


def _workbook(fill: Callable[[Worksheet], None]) -> bytes:
    book, target = openpyxl.Workbook(), io.BytesIO()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    fill(sheet)
    book.save(target)
    return target.getvalue()


def _types(sheet: Worksheet) -> None:
    sheet.append(["Name", "Email", "Phone", "Zip", "Title", "Company"])
    sheet.append(["Pat", "pat@sky.example", 13055551234, 2134, date(2026, 5, 1), "Sky"])
    sheet.append(["Kim", "kim@lake.example", 3055551235.0, "02135", datetime(2026, 5, 1, 9), 42])
    sheet["D2"].number_format = "00000"


def _merged(sheet: Worksheet) -> None:
    sheet.append(["Company", "Name", "Email"])
    sheet.append(["Sky", "Pat", "pat@sky.example"])
    sheet.append([None, "Kim", "kim@sky.example"])
    sheet.append(["Lake", "Lee", "lee@lake.example"])
    sheet.merge_cells("A2:A3")


def _formulas(sheet: Worksheet) -> None:
    sheet.append(["Name", "Email", "Company"])
    sheet.append(["Pat", "pat@sky.example", '="S"&"ky"'])
    sheet.append(["Kim", "kim@lake.example", "#REF!"])
    sheet.append(["Lee", "lee@lake.example", "Lake"])


def _archive() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("contacts.csv", _lines(HEAD, PAT))
    return target.getvalue()


def _workbooks_and_others() -> list[Messy]:
    return [
        _file(
            "types.xlsx", _workbook(_types), BOTH, phones={"+13055551234", "+13055551235"}
        ),
        _file(
            "merged.xlsx", _workbook(_merged),
            {"pat@sky.example", "kim@sky.example", "lee@lake.example"},
        ),
        _file(
            "formulas.xlsx", _workbook(_formulas), {"lee@lake.example"},
            {2: "formula_without_value", 3: "sheet_error"},
        ),
        _file("workbook_named.csv", _workbook(_merged),
              {"pat@sky.example", "kim@sky.example", "lee@lake.example"}),
        _file("empty.csv", b"", refused="empty"),
        _file("header_only.csv", _lines(HEAD)),
        _file(
            "no_header.csv", _lines("Pat Doe,pat@sky.example,305 555 1234,sky.example",
                                    "Kim Roe,kim@lake.example,305 555 1235,lake.example"),
            BOTH, phones={"+13055551234", "+13055551235"}, names={"Pat Doe", "Kim Roe"},
        ),
        _file("archive_named.csv", _archive(), refused="ZIP archive"),
        _file("image_named.csv", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), refused="PNG image"),
        _file("ten_thousand_columns.csv", _lines(",".join(f"c{n}" for n in range(10_000))),
              refused="10,000 columns"),
    ]  # fmt: skip
