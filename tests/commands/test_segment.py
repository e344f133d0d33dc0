"""`manage.py segment`: try a definition, keep it, find it again."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User

from compliance.models import AuditEntry
from crm.models import Company, Contact, ContactPoint, Segment
from outreach.models import Campaign
from tests.factories import make_mailbox


@pytest.fixture
def people(db: None) -> None:
    fintech = Company.objects.create(name="Platezhi", industry="Fintech", country="RU")
    Contact.objects.create(name="Olga", role="CTO", company=fintech)
    Contact.objects.create(name="Dan", role="Director", company=fintech)


def test_preview_counts_and_shows_what_people_were_found_by(run: Any, people: None) -> None:
    done = run("segment", "preview", "--where", "contact.role word CTO",
               "--where", "company.industry is fintech", "--json")  # fmt: skip
    assert done.code == 0, done.err
    told = json.loads(done.out)
    assert told["count"] == 1
    assert told["words"] == "Position has the word “CTO”, and company’s industry is “fintech”"
    assert told["members"][0]["known"] == {"contact.role": "CTO", "company.industry": "Fintech"}


def test_preview_warns_of_a_word_inside_words(run: Any, people: None) -> None:
    done = run("segment", "preview", "--where", "contact.role contains CTO")
    assert "“CTO” is found inside longer words" in done.out
    assert "Dan" in done.out


def test_preview_says_what_empties_it(run: Any, people: None) -> None:
    done = run("segment", "preview", "--where", "contact.role word CTO",
               "--where", "company.country is Poland")  # fmt: skip
    assert "Nobody is found because of “position has the word “CTO””" not in done.out
    assert "company’s country is “Poland”" in done.out


def test_preview_warns_of_everyone(run: Any, people: None) -> None:
    assert "finds everyone" in run("segment", "preview", "--where", "contact.role filled").out


def test_preview_reads_a_file(run: Any, people: None, tmp_path: Path) -> None:
    file = tmp_path / "one.json"
    file.write_text('{"conditions": [{"field": "contact.role", "op": "is", "value": "cto"}]}')
    done = run("segment", "preview", "--definition", str(file), "--json")
    assert json.loads(done.out)["count"] == 1
    file.write_text("{")
    done = run("segment", "preview", "--definition", str(file))
    assert done.code == 1
    assert "This is no JSON" in done.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "Say whom"),
        (("--definition", "/nowhere.json"), "cannot be read"),
        (("--where", "contact.role eats CTO"), "position cannot be asked “eats”"),
        (("--where", "shoe is 9"), "there is no field “shoe”"),
    ],
)
def test_a_refusal_says_what_to_do(run: Any, words: tuple[str, ...], said: str) -> None:
    done = run("segment", "preview", *words)
    assert done.code == 1
    assert said in done.err


def test_fields_are_listed_also_those_of_outreach(run: Any) -> None:
    listed = {one["field"]: one for one in json.loads(run("segment", "fields", "--json").out)}
    assert "not_in_last" in listed["outreach.contacted"]["operators"]
    assert listed["contact.role"]["kind"] == "text"


def test_a_segment_is_kept_listed_and_written_anew(run: Any, boss: User, people: None) -> None:
    words = ("--where", "contact.role word CTO")
    looked = run("segment", "create", "CTOs", *words, "--dry-run", "--json")
    assert json.loads(looked.out)["version"] is None
    assert not Segment.objects.exists()
    made = json.loads(run("segment", "create", "CTOs", *words, "--json").out)
    assert (made["version"], made["count"]) == (1, 1)
    again = run("segment", "create", "ctos", "--where", "contact.role word Director", "--json")
    assert json.loads(again.out)["version"] == 2
    listed = json.loads(run("segment", "list", "--json").out)
    assert [(one["name"], one["version"], one["count"]) for one in listed] == [("CTOs", 2, 1)]
    assert "Dan" in run("segment", "preview", "CTOs").out
    assert "Whom it means" in run("segment", "list").out


def test_people_are_exported_and_the_ledger_says_so(
    run: Any, boss: User, people: None, tmp_path: Path
) -> None:
    Contact.objects.filter(name="Olga").update(name="=1+1")
    run("segment", "create", "CTOs", "--where", "contact.role word CTO")
    file = tmp_path / "ctos.csv"
    done = run("segment", "export", "CTOs", str(file))
    assert done.code == 0, done.err
    assert "'=1+1" in file.read_text(encoding="utf-8-sig")
    assert AuditEntry.objects.get(action="segment.exported").actor == "boss"
    assert "contact.role" in run("segment", "export", "CTOs").out
    assert run("segment", "export", "Nobody").code == 1


def test_a_campaign_is_made_from_a_segment(run: Any, boss: User, people: None) -> None:
    make_mailbox()
    Company.objects.update(country="US")  # where such mail is lawful
    olga = Contact.objects.get(name="Olga")
    ContactPoint.objects.create(contact=olga, kind="email", value="olga@platezhi.example")
    run("segment", "create", "CTOs", "--where", "contact.role word CTO")
    start = ("campaign", "create", "--segment", "ctos", "--sequence", "3-step",
             "--offer", "We look after planes.", "--json")  # fmt: skip
    looked = json.loads(run(*start, "--dry-run").out)
    assert (looked["taken_in"], looked["dry_run"]) == (1, True)
    assert not Campaign.objects.exists()
    done = run(*start)
    assert done.code == 0, done.err
    told = json.loads(done.out)
    assert told["taken_in"] == 1
    assert str(Campaign.objects.get().pk) == told["id"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "Say for what"),
        (("--segment", "Nobody", "--sequence", "3-step"), "There is no segment “Nobody”"),
        (("--segment", "All", "--sequence", "3-step", "--offer", "x"), "means everyone"),
        (("--segment", "All", "--sequence", "9-step"), "There is no sequence"),
        (("--segment", "All", "--sequence", "3-step"), "give its offer"),
    ],
)
def test_a_campaign_that_cannot_be_made_says_why(
    run: Any, boss: User, people: None, words: tuple[str, ...], said: str
) -> None:
    make_mailbox()
    run("segment", "create", "All", "--where", "contact.role filled")
    done = run("campaign", "create", *words)
    assert done.code == 1
    assert said in done.err
    assert not Campaign.objects.exists()
