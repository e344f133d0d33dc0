"""The editor: saves a new version, says at which step something is wrong, keeps what was typed."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.http import QueryDict
from django.urls import reverse

from outreach.models import Sequence, SequenceVersion
from outreach.sequences import versions
from outreach.sequences.form import draft_of
from tests.outreach.sequences.build import TWO_MAILS, make_version
from tests.outreach.sequences.test_form import posted

pytestmark = pytest.mark.django_db


def fields(version: SequenceVersion, **changed: str) -> dict[str, list[str]]:
    found: QueryDict = posted(draft_of(version.definition))
    found["base"] = str(version.number)
    for name, value in changed.items():
        found[name.replace("__", "-")] = value
    return dict(found.lists())


def edit(version: SequenceVersion) -> str:
    return reverse("admin:outreach_sequence_edit", args=[version.sequence_id])


def test_saving_writes_the_next_version_and_leaves_the_first(client_of: Any, sam: User) -> None:
    version = make_version()

    client_of(sam).post(edit(version), fields(version, s1__days="5", note="Slower"))

    newest = versions.newest(version.sequence)
    assert (newest.number, newest.created_by, newest.note) == (2, "sam", "Slower")
    assert newest.definition["steps"][1]["after_days"] == 5
    version.refresh_from_db()
    assert version.definition["steps"][1]["after_days"] == 3


def test_saving_without_a_change_writes_nothing(client_of: Any, sam: User) -> None:
    version = make_version()

    answer = client_of(sam).post(edit(version), fields(version), follow=True)

    assert "Nothing was changed" in answer.content.decode()
    assert version.sequence.versions.count() == 1


def test_what_is_wrong_stands_at_its_step_and_nothing_typed_is_lost(
    client_of: Any, sam: User
) -> None:
    version = make_version()
    wrong = fields(version, s1__days="-2", **{"s1-v0-body": "My long text"})

    answer = client_of(sam).post(edit(version), wrong)

    text = answer.content.decode()
    assert "A delay of -2 days lies before the step before it; 1 is the least." in text
    assert "My long text" in text
    assert version.sequence.versions.count() == 1


def test_two_people_editing_the_second_is_told_and_may_save_over(client_of: Any, sam: User) -> None:
    version, client = make_version(), client_of(sam)
    theirs = [TWO_MAILS[0], {**TWO_MAILS[1], "after_days": 9}]
    versions.write_version(version.sequence, {"steps": theirs}, actor="ella")

    answer = client.post(edit(version), fields(version, s1__days="5"))

    text = answer.content.decode()
    assert "ella wrote version 2 while you were editing version 1" in text
    assert "comes 9 days after the one before instead of 3 days" in text
    assert 'name="s1-days" value="5"' in text
    client.post(edit(version), fields(version, s1__days="5", base="2"))
    assert versions.newest(version.sequence).number == 3


def test_a_button_of_the_form_changes_the_form_and_saves_nothing(client_of: Any, sam: User) -> None:
    version = make_version()

    answer = client_of(sam).post(edit(version), fields(version, op="add-step"))

    assert 'name="s2-days"' in answer.content.decode()
    assert version.sequence.versions.count() == 1


def test_a_copy_begins_with_the_words_of_the_other(client_of: Any, sam: User) -> None:
    version, client = make_version(), client_of(sam)
    address = reverse("admin:outreach_sequence_new")

    assert "Hello again" in client.get(f"{address}?copy={version.sequence_id}").content.decode()
    client.post(address, {**fields(version), "name": "My own", "voice": "home_owner"})

    made = Sequence.objects.get(name="My own")
    assert (made.voice, made.versions.count()) == ("home_owner", 1)


def test_a_new_sequence_needs_a_name(client_of: Any, sam: User) -> None:
    answer = client_of(sam).post(
        reverse("admin:outreach_sequence_new"), fields(make_version(), name=" ")
    )

    assert "Give the sequence a name." in answer.content.decode()


def test_whoever_lacks_the_right_cannot_save(client_of: Any, ella: User) -> None:
    version = make_version()

    answer = client_of(ella).post(edit(version), fields(version, s1__days="5"))

    assert answer.status_code == 403
