"""`manage.py score`."""

import json
from io import StringIO
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from crm.models import Lead
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
