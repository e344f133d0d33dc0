"""Marketing needs a permission that covers the channel, the number, the seller and the moment."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.choices import ConsentKind
from compliance.rules.consented import MailBasis, MailDemand, refusals, same_seller

NOON = datetime(2026, 3, 2, 17, 0, tzinfo=UTC)
LATER = NOON + timedelta(days=30)


@dataclass(frozen=True)
class Agreed:
    address: str = "+12015550118"
    kind: str = "written"
    channels: list[str] = field(default_factory=lambda: ["sms"])
    purpose: str = "marketing"
    seller: str = "Attaché LLC"
    automation_shown: bool = True
    not_condition_shown: bool = True
    given_at: datetime = NOON
    expires_at: datetime | None = None
    revoked_at: datetime | None = None


def text(*consents: Agreed, at: datetime = LATER, **changes: Any) -> list[str]:
    values = {"channel": "sms", "purpose": "marketing", "seller": "Attaché LLC",
              "to": "+12015550118", **changes}  # fmt: skip
    asked = {"mail": values["mail"]} if "mail" in values else {}
    return refusals(
        values["channel"], values["purpose"], consents, values["seller"], at, to=values["to"],
        **asked,
    )  # fmt: skip


def test_a_written_consent_that_names_us_and_the_number_lets_a_text_go() -> None:
    assert text(Agreed()) == []


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"kind": "oral"}, "only “spoken”"),
        ({"kind": "existing_business"}, "only “existing business relationship”"),
        ({"address": "+12015550119"}, "another address"),
        ({"seller": "Attaché Holdings"}, "names Attaché Holdings"),
        ({"seller": ""}, "names nobody"),
        ({"channels": ["email"]}, "for email only"),
        ({"purpose": "information"}, "not for marketing"),
        ({"revoked_at": LATER}, "revoked on 01 Apr 2026"),
        ({"expires_at": LATER}, "ended on 01 Apr 2026"),
        ({"given_at": LATER + timedelta(days=1)}, "given later"),
        ({"automation_shown": False}, "automated marketing"),
        ({"not_condition_shown": False}, "no condition of a purchase"),
    ],
)
def test_anything_less_does_not(changes: dict[str, Any], words: str) -> None:
    (reason,) = text(replace(Agreed(), **changes))
    assert "needs a written consent" in reason
    assert words in reason


def test_no_record_is_no_consent() -> None:
    assert "There is none." in text()[0]


def test_without_our_own_name_nothing_can_name_us() -> None:
    assert "SELLER_NAME" in text(Agreed(seller=""), seller="")[0]


def test_one_good_record_among_ended_ones_is_enough() -> None:
    assert text(replace(Agreed(), revoked_at=NOON), Agreed()) == []


def test_a_consent_still_stood_before_it_was_revoked() -> None:
    assert text(replace(Agreed(), revoked_at=LATER), at=LATER - timedelta(seconds=1)) == []


def test_what_is_no_marketing_needs_none() -> None:
    assert text(purpose="inquiry") == []


@pytest.mark.parametrize(
    ("basis", "kind", "lawful"),
    [
        (MailBasis.NONE, None, True),
        (MailBasis.IMPLIED, None, False),
        (MailBasis.IMPLIED, "publicly_listed", True),
        (MailBasis.IMPLIED, "inquiry", True),
        (MailBasis.EXPRESS, "publicly_listed", False),
        (MailBasis.EXPRESS, "oral", True),
        (MailBasis.EXPRESS, "written", True),
        (None, None, False),
        (None, "inquiry", False),
        (None, "written", True),
    ],
)
def test_mail_is_judged_by_the_country(
    basis: MailBasis | None, kind: str | None, lawful: bool
) -> None:
    held = [Agreed(kind=kind, channels=["email"], address="a@b.example")] if kind else []
    asked = {"mail": MailDemand(basis)} if basis else {}
    found = text(*held, channel="email", to="a@b.example", **asked)
    assert (found == []) is lawful


def test_a_refused_mail_names_the_law() -> None:
    demand = MailDemand(MailBasis.EXPRESS, "RU asks for consent (38-FZ).")
    (reason,) = text(channel="email", to="a@b.example", mail=demand)
    assert reason.startswith("RU asks for consent (38-FZ). Marketing by email to a@b.example")


@given(
    st.lists(
        st.builds(
            Agreed,
            address=st.sampled_from(["+12015550118", "+12015550119"]),
            kind=st.sampled_from(list(ConsentKind.values)),
            channels=st.lists(st.sampled_from(["sms", "email"]), unique=True),
            seller=st.sampled_from(["Attaché LLC", "ATTACHÉ, LLC", "Other"]),
            automation_shown=st.booleans(),
            not_condition_shown=st.booleans(),
            expires_at=st.sampled_from([None, NOON, LATER + timedelta(days=1)]),
            revoked_at=st.sampled_from([None, NOON]),
        ),
        max_size=4,
    )
)
def test_a_text_goes_exactly_when_some_record_has_everything(consents: list[Agreed]) -> None:
    good = any(
        consent.kind == "written" and "sms" in consent.channels
        and consent.address == "+12015550118" and consent.seller != "Other"
        and consent.automation_shown and consent.not_condition_shown
        and consent.revoked_at is None and consent.expires_at != NOON
        for consent in consents
    )  # fmt: skip
    assert (text(*consents) == []) is good


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Attaché LLC", "ATTACHÉ, L L C", False),
        ("Attaché LLC", "attaché  llc.", True),
        ("Attaché LLC", "Attaché", False),
        ("", "", False),
    ],
)
def test_a_seller_is_the_whole_name(one: str, other: str, same: bool) -> None:
    assert same_seller(one, other) is same
