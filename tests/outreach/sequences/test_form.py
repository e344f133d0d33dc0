"""The editor's fields: nothing is lost between a definition, the form and back."""

from typing import Any

import pytest
from django.http import QueryDict

from outreach.sequences.catalogue import load_catalogue
from outreach.sequences.definition import as_data, parse
from outreach.sequences.form import change, data_of, draft_of, new_step, read_fields


def posted(draft: dict[str, Any]) -> QueryDict:
    """The draft as a browser would post the editor."""
    fields = QueryDict(mutable=True)
    fields["steps"] = str(len(draft["steps"]))
    fields["reply_stops"] = draft["reply_stops"]
    fields.setlist("needs_facts", draft["needs_facts"])
    for n, step in enumerate(draft["steps"]):
        fields[f"s{n}-variants"] = str(len(step["variants"]))
        fields.setlist(f"s{n}-weekdays", step["weekdays"])
        for key in ("name", "channel", "days", "unit", "at", "needs", "about"):
            fields[f"s{n}-{key}"] = step[key]
        for v, variant in enumerate(step["variants"]):
            for key, value in variant.items():
                fields[f"s{n}-v{v}-{key}"] = value.replace("\n", "\r\n")
    return fields


def three() -> dict[str, Any]:
    """Three steps, the last of which looks at the second."""
    steps = [{**new_step(), "name": name} for name in ("one", "two", "three")]
    steps[2] |= {"needs": "opened", "about": "2"}
    return {"reply_stops": "person", "needs_facts": [], "steps": steps}


@pytest.mark.parametrize("slug", sorted(load_catalogue()))
def test_a_shipped_sequence_comes_back_from_the_form_unchanged(slug: str) -> None:
    stored = as_data(load_catalogue()[slug].definition)

    again = data_of(read_fields(posted(draft_of(stored))))

    assert as_data(parse(again)) == stored


def test_a_condition_follows_the_step_it_looks_at() -> None:
    draft = change(three(), "up:1")

    assert [step["name"] for step in draft["steps"]] == ["two", "one", "three"]
    assert draft["steps"][2]["about"] == "1"


def test_a_condition_whose_step_is_removed_looks_at_all_before() -> None:
    draft = change(three(), "remove-step:1")

    assert [step["name"] for step in draft["steps"]] == ["one", "three"]
    assert draft["steps"][1]["about"] == ""


def test_removing_an_earlier_step_keeps_conditions_on_theirs() -> None:
    assert change(three(), "remove-step:0")["steps"][1]["about"] == "1"


def test_a_second_wording_begins_as_a_copy_under_a_name_of_its_own() -> None:
    draft = three()
    draft["steps"][0]["variants"][0] |= {"subject": "Hello", "body": "How are you?"}

    first, second = change(draft, "add-variant:0")["steps"][0]["variants"]

    assert (first["name"], second["name"]) == ("a", "b")
    assert second["body"] == "How are you?"


def test_the_last_variant_stays() -> None:
    assert len(change(three(), "remove-variant:0:0")["steps"][0]["variants"]) == 1


@pytest.mark.parametrize(
    "what", ["", "up", "up:0", "up:99", "down:2", "remove-step:-1", "remove-step:x", "drop:1", "::"]
)
def test_a_button_there_is_not_changes_nothing(what: str) -> None:
    names = [step["name"] for step in change(three(), what)["steps"]]

    assert names == ["one", "two", "three"] or what == "up"


@pytest.mark.parametrize("count", ["-1", "abc", "", "99999999", "²"])
def test_a_forged_number_of_steps_is_bounded(count: str) -> None:
    assert len(read_fields(QueryDict(f"steps={count}"))["steps"]) <= 31
