"""`contact merge`, `contact dedupe` and `company merge`: said before it is done, done once."""

import json

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from crm.models import Company, Contact, MergeCandidate, MergeRecord
from tests.crm.merging.people import person, values_of

pytestmark = pytest.mark.django_db


def run(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    call_command(*words)
    return capsys.readouterr().out


def test_merging_can_be_tried_first(capsys: pytest.CaptureFixture[str], sam: User) -> None:
    one, other = person("Jon", "a@one.example"), person("Jonathan", "b@two.example")
    words = ("contact", "merge", "a@one.example", str(other.pk), "--user", "sam")
    assert "Jonathan would live on in Jon." in run(capsys, *words, "--dry-run")
    assert Contact.objects.count() == 2
    told = json.loads(run(capsys, *words, "--json"))
    assert (told["survivor"], told["moved"], told["dry_run"]) == (
        str(one.pk), {"ContactPoint": 1}, False,
    )  # fmt: skip
    assert values_of(one) == ["a@one.example", "b@two.example"]


def test_merging_needs_the_right_to(ella: User) -> None:
    one, other = person("Jon", "a@one.example"), person("Jonathan", "b@two.example")
    with pytest.raises(CommandError, match="lacks the permission"):
        call_command("contact", "merge", str(one.pk), str(other.pk), "--user", "ella")
    assert not MergeRecord.objects.exists()


def test_the_list_of_likely_pairs_changes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    firm = Company.objects.create(name="Jets")
    person("Katherine Lee", "k@one.example", company=firm)
    person("Katharine Lee", "kate@two.example", company=firm)
    (pair,) = json.loads(run(capsys, "contact", "dedupe", "--json"))
    assert pair["names"] == ["Katherine Lee", "Katharine Lee"] or pair["names"][::-1]
    assert "Katharine Lee" in run(capsys, "contact", "dedupe")
    assert not MergeCandidate.objects.exists()


def test_companies_merge_by_domain_name_or_id(
    capsys: pytest.CaptureFixture[str], sam: User
) -> None:
    one = Company.objects.create(name="Jets", domain="jets.example")
    other = Company.objects.create(name="Jets Inc")
    run(capsys, "company", "merge", "jets.example", str(other.pk), "--user", "sam")
    assert list(Company.objects.all()) == [one]
    assert "Jets" in run(capsys, "company", "inspect", str(other.pk))
