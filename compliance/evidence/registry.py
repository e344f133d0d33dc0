"""Where rooms and higher apps say what they know of a person; filled in `AppConfig.ready`."""

from collections.abc import Callable, Iterable, Sequence

from compliance.evidence.document import Line, Person, Record

RecordsOf = Callable[[Person, Sequence[Line]], Iterable[Record]]
RowsOf = Callable[[Person], Iterable[tuple[str, str]]]
LoadPerson = Callable[[str], Person | None]

_records: list[RecordsOf] = []
_rows: list[RowsOf] = []
_people: dict[str, LoadPerson] = {}


def register_records(records_of: RecordsOf) -> None:
    """Add a room's records; each says to which section of `questions.toml` it belongs.

    `records_of(person, lines)` is asked once a gathering, and gets the person's ledger lines too,
    so that it need not look them up again.
    """
    if records_of not in _records:
        _records.append(records_of)


def register_rows(rows_of: RowsOf) -> None:
    """Name the rows of a person, as (model label in lower case, primary key).

    What the ledger says about those rows becomes part of the evidence.
    """
    if rows_of not in _rows:
        _rows.append(rows_of)


def register_person(kind: str, load: LoadPerson) -> None:
    """Let the page `…/evidence/<kind>/<key>/` show a row of a higher app."""
    _people[kind] = load


def load_person(kind: str, key: str) -> Person | None:
    """The person behind a row; None for an unknown kind or key."""
    load = _people.get(kind)
    return load(key) if load else None


def records_of(person: Person, lines: Sequence[Line]) -> list[Record]:
    """What every room knows."""
    return [record for ask in _records for record in ask(person, lines)]


def rows_of(person: Person) -> set[tuple[str, str]]:
    """Every row that stands for the person or their addresses."""
    return {row for ask in _rows for row in ask(person)}
