"""The fact check marks every invented fact, and nothing that the records say."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm.places.airports import by_iata
from outreach.drafting.draft import Draft, draft_message
from outreach.drafting.fact_check import check_facts
from outreach.drafting.marks import FactMark, Sources
from outreach.drafting.sources import sources_for
from tests.outreach.drafting.cases import BRIEFS, PRIYA, SENDER, VENDOR, request_for

SLUGS = sorted(BRIEFS)
DRAFTS: dict[str, tuple[Draft, Sources]] = {}
for _slug in SLUGS:
    _request = request_for(_slug)
    DRAFTS[_slug] = (
        draft_message(_request, VENDOR, PRIYA, SENDER, "email"),
        sources_for(_request, VENDOR, PRIYA, SENDER),
    )
JET = DRAFTS["private_jet"][1]


def marks_of(sentence: str, sources: Sources = JET) -> list[tuple[str, str]]:
    return [(mark.text, mark.kind) for mark in check_facts("", sentence, sources)]


def inject(slug: str, sentence: str) -> list[FactMark]:
    """The marks of a good draft with one sentence put in before the signature."""
    draft, sources = DRAFTS[slug]
    body = draft.body.replace("Thank you and", f"{sentence}\n\nThank you and")
    return check_facts(draft.subject, body, sources)


@pytest.mark.parametrize(
    "sentence",
    [
        "We fly on 15 March 2027.",
        "That is the 15th of March.",
        "On 3/15 we leave from KTEB.",
        "It is a Monday.",
        "There are four passengers, so 4 seats are enough.",
        "From TEB to ASE, in 2027.",
        "Depart from New Jersey, land in Colorado.",
        "Best regards, Ella Whitfield, ella@desk.attache.example",
        "Thank you, Ms. Raman of Hudson Air Charter.",
        "Please let me know. Kindly confirm. Would that work? I look forward to it.",
        "Is VAT included? ASAP please.",
        "One of us will call.",
    ],
)
def test_what_the_records_say_is_not_marked(sentence: str) -> None:
    assert marks_of(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "text", "kind"),
    [
        ("Our budget is $42,000.", "$42,000", "price"),
        ("About 40k would do.", "40k", "price"),
        ("It costs €300 more.", "€300", "price"),
        ("We can also leave on March 18.", "March 18", "date"),
        ("Perhaps in April.", "April", "date"),
        ("It must be a Tuesday.", "Tuesday", "date"),
        ("On 16.03.2027 at the latest.", "16.03.2027", "date"),
        ("Wheels up at 9:30am.", "9:30am.", "time"),
        ("There will be twelve bags.", "twelve", "number"),
        ("There will be 7 bags.", "7", "number"),
        ("Plan a stop in Denver.", "Denver", "place"),
        ("Monaco would be next.", "Monaco", "place"),
        ("VNY would do too.", "VNY", "place"),
        ("I met Will about it.", "Will", "name"),
        ("The client is John Smith.", "John Smith", "name"),
        ("A Gulfstream G650 would suit.", "Gulfstream G650", "name"),
        ("Flight AA100 is the fallback.", "AA100", "name"),
        ("Call me at 212-555-0199.", "212-555-0199", "phone"),
        ("Call +44 20 7946 0018 instead.", "+44 20 7946 0018", "phone"),
        ("Write to bob@elsewhere.example.", "bob@elsewhere.example", "email"),
        ("See https://elsewhere.example/x", "https://elsewhere.example/x", "link"),
    ],
)
def test_an_invented_fact_is_marked_with_its_kind(sentence: str, text: str, kind: str) -> None:
    assert (text, kind) in marks_of(sentence)


@pytest.mark.parametrize("slug", SLUGS)
def test_marks_point_at_their_words(slug: str) -> None:
    draft, sources = DRAFTS[slug]
    body = draft.body + "\nBring 999 roses to Monaco on December 24, says Sir Humphrey."
    for mark in check_facts(draft.subject, body, sources):
        whole = draft.subject if mark.part == "subject" else body
        assert whole[mark.start : mark.end] == mark.text
        assert mark.reason.endswith((".", "?"))


def test_marks_in_the_subject_say_so() -> None:
    marks = check_facts("Offer for $9,999", "Hello", JET)
    assert [(m.text, m.part) for m in marks] == [("$9,999", "subject")]


def test_an_amount_in_another_currency_is_another_amount() -> None:
    sources = Sources(texts=("We have up to £2,400.",), today=date(2026, 11, 21), currency="GBP")
    assert marks_of("Up to GBP 2400 then.", sources) == []
    assert marks_of("Up to $2,400 then.", sources) == [("$2,400", "price")]


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(SLUGS), st.integers(101, 999_999).filter(lambda n: n % 100))
def test_an_injected_price_is_always_marked(slug: str, amount: int) -> None:
    found = inject(slug, f"We can pay ${amount:,} for it.")
    assert [m.text for m in found if m.kind == "price"] == [f"${amount:,}"]


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(SLUGS),
    st.dates(date(2027, 10, 1), date(2031, 12, 31)),
    st.sampled_from(["%B {day}, %Y", "{day} %B %Y", "%Y-%m-%d", "%m/%d/%Y"]),
)
def test_an_injected_date_is_always_marked(slug: str, day: date, form: str) -> None:
    words = day.strftime(form.replace("{day}", str(day.day)))
    found = inject(slug, f"It could also be {words} for us.")
    assert words in [m.text for m in found if m.kind == "date"]


CITIES = sorted(
    {
        a.city
        for a in by_iata().values()
        if a.city.isalpha() and len(a.city) > 4 and a.country == "US"
    }
)


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(SLUGS), st.sampled_from(CITIES))
def test_an_injected_place_is_always_marked(slug: str, city: str) -> None:
    draft, sources = DRAFTS[slug]
    if city.lower() in " ".join((draft.body, *sources.texts)).lower():
        return
    found = inject(slug, f"The client would rather have it in {city} instead.")
    assert city in [m.text for m in found]


NAMES = st.from_regex(
    r"[A-Z][bcdfgklmnprstv][aeiou][bdgklmnprtvz]{1,2}[aeiou][kxzv]", fullmatch=True
)


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(SLUGS), NAMES, NAMES)
def test_an_injected_name_is_always_marked(slug: str, first: str, last: str) -> None:
    found = inject(slug, f"I spoke to {first} {last} about this.")
    assert any(first in m.text and last in m.text for m in found)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(SLUGS), st.from_regex(r"\+1 [2-9]\d\d 555 01\d\d", fullmatch=True))
def test_an_injected_phone_number_is_always_marked(slug: str, phone: str) -> None:
    found = inject(slug, f"You reach me at {phone} all day.")
    assert phone in [m.text for m in found if m.kind == "phone"]


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200), st.text(max_size=200))
def test_any_text_is_checked_without_raising(subject: str, body: str) -> None:
    check_facts(subject, body, JET)
