"""A definition that cannot work is refused in words; one that can is kept as it is."""

from typing import Any

import pytest

from crm.choices import Scored
from crm.scoring.catalogue import load_catalogue
from crm.scoring.definition import DefinitionError, as_data, parse
from tests.crm.scoring.small import group, model, signal


def refusal(data: dict[str, Any], subject: Scored | None = None) -> str:
    with pytest.raises(DefinitionError) as refused:
        parse(data, subject=subject)
    return str(refused.value)


def tiers(**least: float) -> list[dict[str, Any]]:
    return [{"name": name, "at_least": points} for name, points in least.items()]


def with_signal(**asks: Any) -> dict[str, Any]:
    return model(group("g", "fit", 10, signal("s", 5, **asks)))


def test_what_ships_can_work_and_survives_being_stored() -> None:
    for shipped in load_catalogue().values():
        stored = as_data(shipped.definition)
        assert parse(stored, subject=shipped.subject) == shipped.definition
    assert {shipped.subject for shipped in load_catalogue().values()} == set(Scored)


def test_leads_ship_with_the_tiers_of_the_plan() -> None:
    tiers = load_catalogue()["leads"].definition.tiers
    assert [(tier.name, tier.at_least) for tier in tiers] == [("A", 43), ("B+", 38)]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (model(parts={"fit": {"weight": 1, "max": 1}}), "referral_capacity, signal_strength is"),
        (
            model(parts={p: {"weight": 0, "max": 1} for p in
                         ("fit", "referral_capacity", "signal_strength")}),
            "all weights are zero",
        ),
        (model(scale=0), "scale: write a number above 0"),
        (model(group("g", "fit", -1, signal("s", 1))), "g → cap: -1 is too small; write 0"),
        (model(tiers=tiers(A=1, C=2)), "highest first"),
        (model(tiers=tiers(A=1, C=1)), "highest first"),
        (model(tiers=tiers(A=101)), "a perfect score is 100"),
        (model(tiers=tiers(B=10)), "“B” stands there twice"),
        (with_signal(fields=["contact.rule"], keywords=["x"]), "there is no field “contact.rule”"),
        (with_signal(fields=["company.role"], keywords=["x"]), "did you mean contact.role?"),
        (with_signal(fields=["contact.role"], at_least=1), "at_least cannot be asked of"),
        (with_signal(fields=["company.employees"], at_least="many"), "“many” is no number"),
        (with_signal(fields=["company.employees"], at_least=9, at_most=1), "nothing fits"),
        (with_signal(keywords=["x"], pattern="y"), "it is keywords and pattern"),
        (with_signal(keywords=[]), "it is none"),
        (with_signal(keywords=["*"]), "keywords"),
        (with_signal(pattern="(unclosed"), "missing ): (unclosed"),
        (with_signal(pattern="x*"), "fits an empty text"),
        (with_signal(pattern="(?=a)b"), "without looking ahead"),
        (with_signal(pattern=r"(a)\1"), "references to groups"),
        (with_signal(pattern="a" * 301), "longer than 300"),
        (with_signal(pattern="(a{1000}){1000}"), "cannot be used"),
        (model(group("g", "fit", 1, signal("s", float("nan")))), "“nan” is no number"),
        (model(group("g", "fit", 1, signal("s", 1), signal("s", 2))), "“s” stands there twice"),
        (model(group("g", "signal_strength", 1, signal("s", 1))), "fit has a weight and no group"),
        (model(surprise=1), "surprise: there is no such setting"),
        (model(groups="none"), "groups: write a list here"),
    ],
)  # fmt: skip
def test_what_cannot_work_is_refused_in_words(data: dict[str, Any], words: str) -> None:
    assert words in refusal(data)


def test_every_problem_is_told_at_once() -> None:
    told = refusal(model(group("g", "fit", -1, signal("s", 1)), scale=-1))
    assert "cap" in told
    assert "scale" in told


def test_a_company_has_no_role() -> None:
    assert "contact.role is not known of a company" in refusal(model(), Scored.COMPANY)
    assert parse(model(), subject=Scored.CONTACT)
