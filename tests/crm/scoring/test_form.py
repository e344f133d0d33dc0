"""The editor's form says exactly what a definition says, and its buttons do what they promise."""

from typing import Any

import pytest
from django.http import QueryDict

from crm.choices import Scored
from crm.scoring.catalogue import load_catalogue
from crm.scoring.definition import DefinitionError, as_data, parse
from crm.scoring.form import change, data_of, draft_of, lay_beside, read_fields
from tests.crm.scoring.small import group, model, signal


def posted(draft: dict[str, Any]) -> QueryDict:
    """The draft as a browser posts its form."""
    form = QueryDict(mutable=True)
    form.update({"scale": draft["scale"], "below": draft["below"]})
    if draft["keep_listed"]:
        form["keep_listed"] = "on"
    for part in draft["parts"]:
        form.update({f"{part['name']}-{key}": part[key] for key in ("weight", "max")})
    form["tiers"], form["groups"] = str(len(draft["tiers"])), str(len(draft["groups"]))
    for n, tier in enumerate(draft["tiers"]):
        form.update({f"t{n}-{key}": value for key, value in tier.items()})
    for g, one in enumerate(draft["groups"]):
        form.update({f"g{g}-{key}": one[key] for key in ("name", "label", "part", "cap")})
        form[f"g{g}-signals"] = str(len(one["signals"]))
        for s, sign in enumerate(one["signals"]):
            for key, value in sign.items():
                form.setlist(f"g{g}-s{s}-{key}", value if isinstance(value, list) else [value])
    return form


def every_question() -> dict[str, Any]:
    asked: list[dict[str, Any]] = [
        {"keywords": ["tax lien", "a, b"]}, {"pattern": r"\d{3}-\d+"}, {"one_of": ["CEO", "CTO"]},
        {"fields": ["company.employees"], "at_least": 1.25, "at_most": 1234.567},
        {"fields": ["company.employees"], "at_most": 0.0},
        {"fields": ["company.is_sme"], "is_true": False}, {"known": True}, {"known": False},
    ]  # fmt: skip
    signs = []
    for n, more in enumerate(asked):
        plain = {k: v for k, v in signal(f"s{n}", n - 3).items() if k not in ("keywords",)}
        signs.append({**plain, **more})
    return model(group("all", "fit", 100, *signs))


@pytest.mark.parametrize(
    ("data", "subject"),
    [(every_question(), Scored.LEAD)]
    + [(as_data(one.definition), one.subject) for one in load_catalogue().values()],
)
def test_what_is_opened_and_saved_unchanged_stays_the_same(
    data: dict[str, Any], subject: Scored
) -> None:
    stored = as_data(parse(data, subject=subject))
    read = read_fields(posted(draft_of(stored)))
    assert as_data(parse(data_of(read), subject=subject)) == stored


def two_groups() -> dict[str, Any]:
    return draft_of(as_data(parse(model(
        group("one", "fit", 20, signal("a", 1), signal("b", 2)),
        group("two", "signal_strength", 20, signal("c", 3)),
    ))))  # fmt: skip


def names(draft: dict[str, Any]) -> list[list[str]]:
    return [[sign["name"] for sign in one["signals"]] for one in draft["groups"]]


@pytest.mark.parametrize(
    ("what", "left"),
    [
        ("signal-down:0:0", [["b", "a"], ["c"]]), ("signal-up:0:0", [["a", "b"], ["c"]]),
        ("remove-signal:0:1", [["a"], ["c"]]), ("remove-group:0", [["c"]]),
        ("group-down:0", [["c"], ["a", "b"]]), ("add-signal:1", [["a", "b"], ["c", ""]]),
        ("add-group", [["a", "b"], ["c"], [""]]), ("settle", [["a", "b"], ["c"]]),
        ("remove-signal:9:9", [["a", "b"], ["c"]]), ("remove-group:-1", [["a", "b"], ["c"]]),
        ("add-signal", [["a", "b"], ["c"]]), ("drop tables", [["a", "b"], ["c"]]),
    ],
)  # fmt: skip
def test_a_button_does_what_it_says(what: str, left: list[list[str]]) -> None:
    assert names(change(two_groups(), what)) == left


def test_tiers_are_added_moved_and_removed() -> None:
    draft = change(two_groups(), "add-tier")
    last = len(draft["tiers"]) - 1
    draft["tiers"][last]["name"] = "New"
    assert change(draft, f"tier-up:{last}")["tiers"][last - 1]["name"] == "New"
    left = change(draft, f"remove-tier:{last - 1}")["tiers"]
    assert "New" not in [tier["name"] for tier in left]


def test_a_sign_is_sent_to_another_group() -> None:
    form = posted(two_groups())
    form["g0-s0-group"] = "1"
    assert names(read_fields(form)) == [["b"], ["c", "a"]]


def test_a_new_sign_is_named_after_its_label_and_like_no_other() -> None:
    draft = change(change(two_groups(), "add-signal:0"), "add-signal:1")
    for one, label in ((draft["groups"][0], "A"), (draft["groups"][1], "Нет")):
        one["signals"][-1] |= {"label": label, "fields": ["lead.notes"], "words": "x"}
    made = parse(data_of(draft))
    assert [sign.name for one in made.groups for sign in one.signals] == [
        "a", "b", "a_2", "c", "sign",
    ]  # fmt: skip


def wrong(changes: list[tuple[list[Any], Any]]) -> dict[str, Any]:
    draft = two_groups()
    for path, value in changes:
        row = draft
        for step in path[:-1]:
            row = row[step]
        row[path[-1]] = value
    with pytest.raises(DefinitionError) as refused:
        parse(data_of(draft), subject=Scored.LEAD)
    draft["rest"] = lay_beside(draft, refused.value.found)
    return draft


SIGN = ["groups", 0, "signals", 1]


@pytest.mark.parametrize(
    ("path", "value", "row", "field", "words"),
    [
        ([*SIGN, "points"], "many", SIGN, "points", "“many” is no number; write one"),
        ([*SIGN, "label"], "", SIGN, "label", "say in words what it is"),
        ([*SIGN, "fields"], [], SIGN, "fields", "Choose at least one thing to look at."),
        ([*SIGN, "fields"], ["company.employees"], SIGN, "all", "“Employees” is a number, and"),
        ([*SIGN, "fields"], ["score.tier"], SIGN, "fields", "is not known of a lead; take"),
        ([*SIGN, "words"], "", SIGN, "all", "Nothing is looked for yet"),
        ([*SIGN, "words"], "ok\n--", SIGN, "asked", "“--” holds no letter"),
        (["groups", 1, "cap"], "-1", ["groups", 1], "cap", "-1 is too small; write 0 or more."),
        (["groups", 1, "signals"], [], ["groups", 1], "signals", "There is no sign in it: add one"),
        (["parts", 0, "max"], "0", ["parts", 0], "max", "Write a number above 0."),
        (["tiers", 0, "at_least"], "nan", ["tiers", 0], "at_least", "“nan” is no number"),
        (["tiers", 0, "at_least"], "101", [], "tiers", "a perfect score is 100"),
        (["scale"], "", [], "scale", "It is empty; write a number."),
    ],
)  # fmt: skip
def test_a_fault_stands_beside_its_field(
    path: list[Any], value: Any, row: list[Any], field: str, words: str
) -> None:
    draft = wrong([(path, value)])
    assert draft["rest"] == []
    for step in row:
        draft = draft[step]
    assert words in " ".join(draft["problems"][field])
