"""What a file really is, whatever it is called: text, a workbook, or nothing to take in."""

import zipfile
from pathlib import Path

from crm.imports.problems import BadFileError

LARGEST_FILE = 1024**3
HEAD = 64 * 1024
# Bytes that begin a file, and what it is; the end of the name is not asked.
SIGNATURES = (
    (b"\x89PNG", "a PNG image"), (b"\xff\xd8\xff", "a JPEG image"), (b"GIF8", "a GIF image"),
    (b"RIFF", "a picture or a recording"), (b"BM\x00", "a bitmap"), (b"%PDF", "a PDF"),
    (b"\x1f\x8b", "packed with gzip"), (b"7z\xbc\xaf", "packed with 7-Zip"),
    (b"Rar!", "packed with RAR"), (b"SQLite format 3", "a database"), (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"), (b"\xd0\xcf\x11\xe0", "an old Excel workbook (.xls)"),
)  # fmt: skip
MOST_CONTROL = 0.05  # of the first bytes; text has line breaks and tabs, nothing else of these
CONTROL = bytes(set(range(1, 32)) - {9, 10, 11, 12, 13, 27})


def is_workbook(path: Path) -> bool:
    """Whether it is an .xlsx workbook rather than text; BadFileError where it is neither."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(HEAD)
    except OSError as error:
        raise BadFileError(f"{path} cannot be read: {error.strerror}.") from error
    if size > LARGEST_FILE:
        raise BadFileError(
            f"{path.name} has {size / 1024**3:.1f} GB; at most {LARGEST_FILE // 1024**3} GB is "
            "taken at once. Split it; each part needs the row of headings."
        )
    if not head.strip(b"\x00\xef\xbb\xbf\xff\xfe \t\r\n"):
        raise BadFileError(f"The file is empty: {path.name} holds no rows.")
    if head.startswith(b"PK"):
        return _is_workbook_archive(path)
    for signature, what in SIGNATURES:
        if head.startswith(signature):
            raise BadFileError(
                f"{path.name} is {what}, not a table. Save the list as CSV or .xlsx."
            )
    _check_text(path, head)
    return False


def _is_workbook_archive(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except zipfile.BadZipFile as error:
        raise BadFileError(f"{path.name} is a damaged ZIP or workbook; save it anew.") from error
    if "xl/workbook.xml" not in names:
        raise BadFileError(
            f"{path.name} is a ZIP archive, not a table. Unpack it and take in what is inside."
        )
    return True


def _check_text(path: Path, head: bytes) -> None:
    """UTF-16 is half NUL bytes and still text; a picture has control bytes of every kind."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return
    controls = len(head) - len(head.translate(None, CONTROL))
    if controls > MOST_CONTROL * len(head) and controls > 2:
        raise BadFileError(
            f"{path.name} is not a table: it holds bytes that no text has. "
            "Save the list as CSV or .xlsx."
        )
