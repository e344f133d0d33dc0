"""`manage.py score`."""

import json
from io import StringIO
from pathlib import Path
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from compliance.models import AuditEntry
from crm.models import Contact, Lead
from tests.crm.scoring.small import make_leads

pytestmark = pytest.mark.django_db


def run(*words: str) -> str:
    out = StringIO()
    call_command("score", *words, stdout=out)
    return out.getvalue()


def test_run_scores_all_models_and_says_what_changed(sam: User) -> None:
    make_leads(2)
    told = json.loads(run("run", "--user", "sam", "--json"))
    scored = {one["model"]: one["scored"] for one in told}
    assert scored == {"leads": 2, "people": 2, "companies": 0}
    assert Lead.objects.filter(tier="A").count() == 2


def test_run_one_model(sam: User) -> None:
    make_leads(1)
    assert run("run", "--model", "leads", "--user", "sam") == (
        "leads, version 1: 1 scored, 1 in another tier.\n"
    )


def test_an_unknown_model_names_those_there_are(sam: User) -> None:
    with pytest.raises(CommandError, match="There are: companies, leads, people"):
        run("run", "--model", "nothing", "--user", "sam")


def test_who_may_not_switch_may_not_run(ella: User) -> None:
    with pytest.raises(CommandError, match="lacks the permission"):
        run("run", "--user", "ella")


def test_show_gives_the_reasons() -> None:
    (lead,) = make_leads(1)
    assert "foreclosure" in run("show", str(lead.pk))
    told = json.loads(run("show", str(lead.pk), "--json"))
    assert told["tier"] == "A"
    assert told["stale"] is True


def test_show_refuses_what_is_no_lead() -> None:
    with pytest.raises(CommandError, match="is no id"):
        run("show", "zebra")
    with pytest.raises(CommandError, match="There is no lead"):
        run("show", str(uuid4()))


def test_diff_and_dry_run_keep_nothing(sam: User) -> None:
    make_leads(2)
    told = json.loads(run("run", "--model", "leads", "--dry-run", "--user", "sam", "--json"))
    assert told[0]["changed"] == 2
    assert json.loads(run("diff", "--version", "1", "--json"))["changed"] == 2
    assert "2 of 2 would be in another tier" in run("diff", "--version", "1")
    assert not Lead.objects.exclude(tier="").exists()
    with pytest.raises(CommandError, match="has no version 9"):
        run("diff", "--version", "9")


def test_switch_on_begins_a_run(sam: User) -> None:
    make_leads(1)
    assert "1 will be scored anew" in run("switch-on", "--version", "1", "--user", "sam")


def test_prioritise_writes_a_harmless_file(sam: User, tmp_path: Path) -> None:
    Contact.objects.create(name="=HYPERLINK(1)", role="Head of School")
    run("run", "--user", "sam")
    where = tmp_path / "first.csv"
    top = ("prioritise", "--user", "sam")
    assert run(*top, "--min-fit", "20", "--csv", str(where)).startswith("1 written")
    entry = AuditEntry.objects.get(action="score.list_exported")
    assert (entry.actor, entry.data) == ("sam", {"kind": "contact", "rows": 1})
    assert "'=HYPERLINK(1)" in where.read_text("utf-8-sig")
    (one,) = json.loads(run("prioritise", "--json"))
    assert one["rank"] == 1
    with pytest.raises(CommandError, match="cannot be written"):
        run(*top, "--csv", str(tmp_path / "no" / "x.csv"))
    assert AuditEntry.objects.filter(action="score.list_exported").count() == 1


def test_segment_puts_people_and_shows_the_shares(sam: User) -> None:
    Contact.objects.create(name="Hana", role="Head of School")
    assert "Referral network: 0" in run("segment", "--dry-run", "--user", "sam")
    told = json.loads(run("segment", "--user", "sam", "--json"))
    assert told["segments"][0] == {
        "segment": "referral_network", "label": "Referral network", "people": 1,
        "percent": 100.0, "target": 47.6,
    }  # fmt: skip
