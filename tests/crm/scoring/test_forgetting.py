"""What scores quote of a person goes with the person, and is in what is handed out to them."""

import json
import threading
import zipfile
from typing import Any

import pytest
from django.db import connection

from crm.erasure import erase_contact
from crm.holdings import export_person
from crm.models import Contact, ContactScore, Lead, LeadScore, ScoringModel
from crm.scoring import portion, runs
from tests.crm.scoring.small import make_leads


def score_all() -> None:
    for model in ScoringModel.objects.all():
        runs.work(runs.begin(model, actor="ella"))


@pytest.mark.django_db
def test_scores_reasons_notes_and_past_of_an_erased_person_are_gone() -> None:
    lead, other = make_leads(2)
    lead.notes = "She said zebra"
    lead.save()
    score_all()
    assert lead.contact
    erase_contact(lead.contact.pk, actor="ada")
    score_all()
    lead.refresh_from_db()
    assert (lead.score, lead.tier, lead.notes) == (None, "", "")
    assert not Lead.history.filter(id=lead.pk).exists()  # type: ignore[attr-defined]
    assert list(LeadScore.objects.values_list("lead", flat=True)) == [other.pk]
    assert list(ContactScore.objects.values_list("contact", flat=True)) == [other.contact_id]


@pytest.mark.django_db
def test_scores_are_in_what_is_held_about_a_person() -> None:
    (lead,) = make_leads(1)
    score_all()
    assert lead.contact
    with zipfile.ZipFile(export_person(lead.contact.pk, actor="ada")) as archive:
        told: dict[str, Any] = json.loads(archive.read("person.json"))
    assert len(told["scores"]) == 2
    assert any(line["signal"] == "foreclosure" for row in told["scores"] for line in row["lines"])
    assert len(told["lead_history"]) == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_words_read_before_an_erasure_are_not_stored_after_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The portion has read the words when the erasure begins; the erasure has to wait for it."""
    (lead,) = make_leads(1)
    real, erased = portion.store, threading.Event()

    def erase() -> None:
        assert lead.contact
        erase_contact(lead.contact.pk, actor="ada")
        erased.set()
        connection.close()

    eraser = threading.Thread(target=erase)

    def store(*args: Any, **values: Any) -> None:
        if not eraser.ident:
            eraser.start()
            assert not erased.wait(0.5)
        real(*args, **values)

    monkeypatch.setattr(portion, "store", store)
    score_all()
    eraser.join(10)
    assert erased.is_set()
    assert Contact.objects.get(pk=lead.contact_id).erased_at
    assert not LeadScore.objects.exists()
    assert not ContactScore.objects.exists()
