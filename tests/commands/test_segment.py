"""`manage.py segment`: try a definition, keep it, find it again."""

import json
from pathlib import Path
from typing import Any

import pytest

from crm.models import Company, Contact


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
