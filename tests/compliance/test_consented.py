"""Marketing needs a permission that covers the channel, the number, the seller and the moment."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.choices import ConsentKind
from compliance.implied import Implied
from compliance.rules.consented import MailDemand, refusals, same_seller

NOON = datetime(2026, 3, 2, 17, 0, tzinfo=UTC)
LATER = NOON + timedelta(days=30)


@dataclass(frozen=True)
class Agreed:
    address: str = "+12015550118"
    kind: str = "written"
    channels: list[str] = field(default_factory=lambda: ["sms"])
    purpose: str = "marketing"
    seller: str = "Attaché LLC"
    page_url: str = ""
    concerns_role: bool = False
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


FREE = MailDemand(consent=False)
EXPRESS = MailDemand(consent=True)
CASL = MailDemand(True, "CASL asks.", Implied(24, 6, published_address=True))


def mailed(demand: MailDemand | None, *held: Agreed, at: datetime = LATER) -> list[str]:
    """Refusals of a mail to the one these consents are for; None asks without naming a law."""
    own = [replace(one, channels=["email"], address="a@b.example") for one in held]
    asked = {"mail": demand} if demand else {}
    return text(*own, at=at, channel="email", to="a@b.example", **asked)


@pytest.mark.parametrize(
    ("demand", "kind", "lawful"),
    [
        (FREE, None, True),
        (CASL, None, False),
        (CASL, "written", True),
        (CASL, "oral", True),
        (CASL, "inquiry", True),
        (CASL, "existing_business", True),
        (EXPRESS, "publicly_listed", False),
        (EXPRESS, "inquiry", False),
        (EXPRESS, "oral", True),
        (EXPRESS, "written", True),
        (None, None, False),
        (None, "inquiry", False),
        (None, "written", True),
    ],
)
def test_mail_is_judged_by_the_country(
    demand: MailDemand | None, kind: str | None, lawful: bool
) -> None:
    held = [Agreed(kind=kind)] if kind else []
    assert (mailed(demand, *held) == []) is lawful


@pytest.mark.parametrize(
    ("kind", "last", "says"),
    [
        ("existing_business", datetime(2028, 3, 2, 17, 0, tzinfo=UTC), "until 02 Mar 2028"),
        ("inquiry", datetime(2026, 9, 2, 17, 0, tzinfo=UTC), "until 02 Sep 2026"),
    ],
)
def test_what_a_relationship_implies_ends_after_the_months_of_the_law(
    kind: str, last: datetime, says: str
) -> None:
    held = Agreed(kind=kind)
    assert mailed(CASL, held, at=last - timedelta(seconds=1)) == []
    (reason,) = mailed(CASL, held, at=last)
    assert says in reason
    assert reason.startswith("CASL asks.")


def test_a_law_may_take_one_of_the_three_only() -> None:
    only_inquiry = MailDemand(True, "", Implied(inquiry_months=6))
    assert mailed(only_inquiry, Agreed(kind="inquiry")) == []
    assert "only “existing business" in mailed(only_inquiry, Agreed(kind="existing_business"))[0]
    assert mailed(only_inquiry, Agreed(kind="publicly_listed"))


LISTED = Agreed(
    kind="publicly_listed", seller="", page_url="https://b.example/team", concerns_role=True
)


def test_an_address_published_for_their_work_may_be_written_to_about_it() -> None:
    assert mailed(CASL, LISTED, at=LATER + timedelta(days=3000)) == []


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"page_url": ""}, "does not say where the address is published"),
        ({"concerns_role": False}, "does not say that this concerns their work"),
        ({"revoked_at": NOON}, "was revoked"),
        ({"purpose": "information"}, "not for marketing"),
    ],
)
def test_a_published_address_that_proves_less_opens_nothing(
    changes: dict[str, Any], words: str
) -> None:
    assert words in mailed(CASL, replace(LISTED, **changes))[0]


def test_a_relationship_is_with_us_and_nobody_else() -> None:
    assert "names Other" in mailed(CASL, Agreed(kind="inquiry", seller="Other"))[0]


def test_nothing_implied_ever_lets_a_text_go() -> None:
    for kind in ("existing_business", "inquiry", "publicly_listed"):
        assert text(replace(LISTED, kind=kind, channels=["sms"], seller="Attaché LLC"))


def test_a_refused_mail_names_the_law() -> None:
    demand = MailDemand(True, "RU asks for consent (38-FZ).")
    (reason,) = mailed(demand)
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
