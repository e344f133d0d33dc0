"""Hands the evidence out as a file, and writes down who took it."""

import hashlib
import json
from dataclasses import dataclass

from django.utils.text import slugify

from compliance import audit
from compliance.evidence.document import Evidence, Line, Person, Section
from compliance.evidence.gather import gather
from compliance.evidence.ledger import EXPORTED, subject_of
from compliance.evidence.moments import moment
from compliance.evidence.pdf import EvidenceError, render_pdf

FORMS = {"pdf": "application/pdf", "json": "application/json"}


@dataclass(frozen=True, slots=True)
class File:
    """A finished document, with the SHA-256 that the ledger keeps of it."""

    name: str
    content_type: str
    content: bytes
    sha256: str


def export(person: Person, form: str, *, actor: str, reason: str = "") -> File:
    """The person's evidence as "pdf" or "json"; the export itself is written to the ledger.

    Raises EvidenceError for an unknown form, or where PDF cannot be made on this machine.
    """
    if form not in FORMS:
        raise EvidenceError(f"Evidence is exported as {' or '.join(FORMS)}, not as “{form}”.")
    evidence = gather(person)
    content = render_pdf(evidence) if form == "pdf" else render_json(evidence)
    digest = hashlib.sha256(content).hexdigest()
    data = {"form": form, "sha256": digest}
    audit.append(EXPORTED, subject_of(person), actor=actor, reason=reason, data=data)
    name = slugify(person.name or person.values[0].replace("@", "-at-").replace(".", "-"))
    day = f"{evidence.gathered_at:%Y%m%d}"
    return File(f"evidence-{name or 'person'}-{day}.{form}", FORMS[form], content, digest)


def render_json(evidence: Evidence) -> bytes:
    """The evidence for programs: the same sections, fields by their names, the ledger verbatim."""
    whole = {
        "person": {
            "name": evidence.person.name,
            "addresses": [
                {"kind": kind, "address": address} for kind, address in evidence.person.addresses
            ],
        },
        "gathered_at": evidence.gathered_at.isoformat(),
        "sections": [_section(section) for section in evidence.sections],
        "ledger": [_entry(line) for line in evidence.lines],
    }
    return json.dumps(whole, ensure_ascii=False, indent=2).encode("utf-8", "replace")


def _section(section: Section) -> dict[str, object]:
    return {
        "key": section.key,
        "title": section.title,
        "records": [
            {
                "at": moment(record.at),
                "title": record.title,
                "source": record.source,
                "answers": {question.field: text for question, text in section.answered(record)},
                "not_recorded": [question.field for question in section.left_open(record)],
            }
            for record in section.records
        ],
        "not_recorded": [question.field for question in section.not_recorded],
        "questions": {question.field: question.asks for question in section.questions},
    }


def _entry(line: Line) -> dict[str, object]:
    return {
        "id": line.pk,
        "at": line.at.isoformat(),
        "actor": line.actor,
        "action": line.action,
        "subject": list(line.subject),
        "reason": line.reason,
        "data": line.data,
        "digest": line.digest,
        "position": line.position,
        "chain_hash": line.chain_hash,
        "problem": line.problem,
    }
