"""`manage.py sequence` and `campaign start|enroll`: a drip from the command line."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User

from outreach.models import Campaign, Enrollment
from tests.factories import make_mailbox
from tests.outreach.sequences.build import make_drip, make_people


def test_every_sequence_is_listed(run: Any, boss: User) -> None:
    found = json.loads(run("sequence", "list", "--json").out)

    assert {"home_owner", "three_step", "soft_nudge"} <= {one["slug"] for one in found}
    assert "thought_leadership" in run("sequence", "list").out


@pytest.mark.parametrize("word", ["three_step", "3-step", "three-step"])
def test_a_sequence_is_shown_by_slug_or_kind(run: Any, boss: User, word: str) -> None:
    done = run("sequence", "show", word)

    assert done.code == 0, done.err
    assert done.out.startswith("Three steps, version 1: 3 touches in 16 days")
    assert json.loads(run("sequence", "show", word, "--json").out)["slug"] == "three_step"


def test_an_unknown_sequence_names_those_there_are(run: Any, boss: User) -> None:
    done = run("sequence", "show", "nonsense")

    assert done.code == 1
    assert "three_step" in done.err


def test_a_preview_tells_every_touch_and_stores_nothing(run: Any, boss: User) -> None:
    make_mailbox()
    make_people(1)

    words = ("sequence", "preview", "3-step", "pat0@people.example", "--offer", "We fly.")
    touches = json.loads(run(*words, "--json").out)

    assert [touch["step"] for touch in touches] == [1, 2, 3]
    assert "We fly." in touches[0]["wordings"][0]["body"]
    assert "EST" in run(*words).out or "EDT" in run(*words).out
    assert Enrollment.objects.count() == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [(("nobody@people.example",), "There is no contact"),
     (("pat0@people.example", "--fact", "sailing"), "write it as topic=sailing")],
)  # fmt: skip
def test_a_preview_for_nobody_is_refused_in_words(
    run: Any, boss: User, words: tuple[str, ...], said: str
) -> None:
    make_mailbox()
    make_people(1)

    done = run("sequence", "preview", "3-step", *words)

    assert done.code == 1
    assert said in done.err


def test_a_campaign_is_started_and_people_come_in_from_a_file(
    run: Any, boss: User, tmp_path: Path
) -> None:
    make_mailbox()
    make_people(2)
    started = run("campaign", "start", "3-step", "--name", "Spring", "--offer", "We fly.", "--json")
    campaign = json.loads(started.out)["id"]
    file = tmp_path / "people.csv"
    file.write_text("email,topic\npat0@people.example,sailing\nnobody@people.example,\n")

    rehearsed = run("campaign", "enroll", campaign, "--list", str(file), "--dry-run", "--json")
    assert json.loads(rehearsed.out)["taken_in"] == 1
    assert Enrollment.objects.count() == 0
    done = run("campaign", "enroll", campaign, "--list", str(file))

    assert "1 came in, 1 left out." in done.out
    assert "Nobody here has the address nobody@people.example" in done.out
    assert Campaign.objects.get().enrollments.get().facts["topic"] == "sailing"


def test_people_come_in_by_their_ids(run: Any, boss: User) -> None:
    drip = make_drip()
    one, two = make_people(2)

    run("campaign", "enroll", str(drip.pk), "--contact", str(one.pk), "--contact", str(two.pk))

    assert Enrollment.objects.count() == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [((), "Say whom"), (("--list", "/nowhere.csv"), "cannot be read")],
)
def test_what_is_missing_is_said(run: Any, boss: User, words: tuple[str, ...], said: str) -> None:
    done = run("campaign", "enroll", str(make_drip().pk), *words)

    assert done.code == 1
    assert said in done.err
