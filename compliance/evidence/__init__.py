"""Everything we can prove about one person, gathered from every room that knows something."""

from compliance.evidence.document import Evidence, Line, Person, Record, Section
from compliance.evidence.export import EvidenceError, File, export
from compliance.evidence.gather import gather
from compliance.evidence.registry import (
    load_person,
    register_person,
    register_records,
    register_rows,
)

__all__ = [
    "Evidence",
    "EvidenceError",
    "File",
    "Line",
    "Person",
    "Record",
    "Section",
    "export",
    "gather",
    "load_person",
    "register_person",
    "register_records",
    "register_rows",
]
