"""Evidence as a file: a PDF that fetches nothing, JSON for programs, and an entry for each."""

import hashlib
import json
import warnings
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest
from django.utils import timezone

from compliance import suppression
from compliance.audit_words import WORDS
from compliance.checks import check_pdf
from compliance.evidence import EvidenceError, Line, Person, export, gather, pdf
from compliance.models import AuditEntry

pytestmark = pytest.mark.django_db

PAT = Person((("email", "pat@jets.example"),), "Pat Doe, Jets & Söhne")
needs_pango = pytest.mark.skipif(bool(pdf.missing_libraries()), reason="Pango is not installed")


@pytest.fixture
def suppressed() -> None:
    suppression.suppress(
        "email", "pat@jets.example", reason="opt_out", source="reply by e-mail",
        words="Стоп <b>now</b>", received_at=timezone.now(),
    )  # fmt: skip


def test_json_names_what_is_recorded_and_what_is_not(suppressed: None) -> None:
    whole = json.loads(export(PAT, "json", actor="ella").content)
    sections = {section["key"]: section for section in whole["sections"]}
    assert sections["opt_out"]["records"][0]["answers"]["raw_text"] == "Стоп <b>now</b>"
    assert "confirmation" in sections["opt_out"]["not_recorded"]
    assert sections["consent"]["records"] == []
    assert whole["ledger"][0]["action"] == "suppression.added"


def test_every_export_is_written_down_with_the_file_s_hash(suppressed: None) -> None:
    file = export(PAT, "json", actor="ella", reason="for counsel")
    entry = AuditEntry.objects.get(action="evidence.exported")
    assert (entry.actor, entry.reason) == ("ella", "for counsel")
    assert entry.data == {"form": "json", "sha256": hashlib.sha256(file.content).hexdigest()}


def test_the_ledger_does_not_learn_the_address() -> None:
    export(PAT, "json", actor="ella")
    entry = AuditEntry.objects.get(action="evidence.exported")
    assert "pat@" not in f"{entry.subject_id} {entry.data}"


def test_the_next_export_tells_who_read_it_before() -> None:
    export(PAT, "json", actor="ella", reason="for counsel")
    records = {section.key: section.records for section in gather(PAT).sections}["program"]
    assert records[-1].answers["export_log"] == "ella, as json: for counsel"


def test_an_unknown_form_is_refused_and_not_written_down() -> None:
    with pytest.raises(EvidenceError, match="pdf or json"):
        export(PAT, "docx", actor="ella")
    assert not AuditEntry.objects.filter(action="evidence.exported").exists()


def test_the_file_s_name_is_plain() -> None:
    assert export(PAT, "json", actor="ella").name.startswith("evidence-pat-doe-jets-sohne-2")


@needs_pango
def test_the_pdf_holds_the_words_and_what_is_missing(suppressed: None) -> None:
    pypdfium2 = pytest.importorskip("pypdfium2")
    document = pypdfium2.PdfDocument(export(PAT, "pdf", actor="ella").content)
    text = " ".join("".join(page.get_textpage().get_text_range() for page in document).split())
    assert "Pat Doe, Jets & Söhne" in text
    assert "Стоп <b>now</b>" in text
    assert "No consent of this person is recorded." in text
    assert "What did we answer, and when?" in text


@needs_pango
def test_the_pdf_breaks_no_act_of_the_ledger_in_two() -> None:
    pypdfium2 = pytest.importorskip("pypdfium2")
    now = timezone.now()
    lines = tuple(
        Line(pk, now, "ella", act, ("outreach.enrollment", str(uuid4())), "", {}, "", pk, "a" * 64)
        for pk, act in enumerate(WORDS)
    )
    document = pypdfium2.PdfDocument(pdf.render_pdf(replace(gather(PAT), lines=lines)))
    text = "".join(page.get_textpage().get_text_range() for page in document)
    assert [act for act in WORDS if act not in text] == []


@needs_pango
def test_a_question_of_two_lines_stands_beside_its_answer_alone(suppressed: None) -> None:
    pypdfium2 = pytest.importorskip("pypdfium2")
    document = pypdfium2.PdfDocument(pdf.render_pdf(gather(PAT)))
    texts = [page.get_textpage() for page in document]
    [text] = [one for one in texts if "How long did that take?" in one.get_text_range()]

    def height(words: str) -> int:
        first, _many = text.search(words).get_next()
        return round(text.get_charbox(first)[1])

    assert abs(height("How long did that take?") - height(" ms")) <= 3
    assert height("From when did nothing leave") > height("any more?") > height("How long did that")


@needs_pango
def test_the_pdf_opens_no_file_and_no_address(tmp_path: Path) -> None:
    secret = tmp_path / "secret.css"
    secret.write_text("p { content: 'secret' }")
    fetcher = pdf._refusing_fetcher()
    for url in (secret.as_uri(), "http://127.0.0.1:9/x", "data:text/css,p{}"):
        with pytest.raises(ValueError, match="fetches nothing"):
            fetcher(url)


@needs_pango
def test_words_of_strangers_are_words(suppressed: None) -> None:
    evil = Person((("email", "pat@jets.example"),), '<img src="file:///etc/passwd">')
    html = pdf.page_of(gather(evil))
    assert "<img" not in html
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert pdf.render_pdf(gather(evil)).startswith(b"%PDF-")


def test_without_pango_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "_loads", lambda name: False)
    with pytest.raises(EvidenceError, match="apt-get install libpango"):
        export(PAT, "pdf", actor="ella")
    assert not AuditEntry.objects.filter(action="evidence.exported").exists()
    assert [found.id for found in check_pdf()] == ["compliance.W001"]


def test_with_pango_the_check_is_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "_loads", lambda name: True)
    assert check_pdf() == []
