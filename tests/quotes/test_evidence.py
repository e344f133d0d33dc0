"""Evidence in the mail: cut without loss, marked only where the words really stand."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from outreach import thread as thread_room
from outreach.models import Enrollment, Message
from quotes.evidence import Span, pieces, spans_in
from quotes.models import Quote

TEXT = "We can do it for $42,000 on a CJ3+."


def test_words_are_marked_where_they_stand() -> None:
    cut = pieces(TEXT, [Span("price", 17, 24), Span("currency", 17, 18)])
    assert [(one.text, one.names) for one in cut] == [
        ("We can do it for ", ""),
        ("$", "price currency"),
        ("42,000", "price"),
        (" on a CJ3+.", ""),
    ]


def test_a_span_that_does_not_fit_is_found_by_its_words_or_left_out() -> None:
    evidence = {
        "price": {"text": "$42,000", "start": 3, "end": 10, "source": "body"},
        "year": {"text": "2018", "start": 0, "end": 4, "source": "body"},
        "seats": {"text": "seven", "start": 0, "end": 5, "source": "subject"},
        "broken": "no mapping",
    }
    assert spans_in(TEXT, evidence, "body") == [Span("price", 17, 24)]


@given(st.text(max_size=40), st.data())
def test_the_pieces_joined_are_the_text(text: str, data: st.DataObject) -> None:
    spans = []
    for n in range(data.draw(st.integers(0, 4))):
        start = data.draw(st.integers(0, len(text)))
        spans.append(Span(f"v{n}", start, data.draw(st.integers(start, len(text)))))
    assert "".join(one.text for one in pieces(text, spans)) == text


@pytest.mark.django_db
def test_the_thread_gets_spans_and_a_summary_in_one_query(
    vendor: Callable[..., Enrollment], reply: Callable[..., Message]
) -> None:
    messages = []
    for name in ("A", "B", "C"):
        thread = vendor(name)
        message = reply(thread, TEXT)
        Quote.objects.create(
            enrollment=thread, message=message, status="current", price=42000, currency="USD",
            evidence={
                "price": {"text": "$42,000", "start": 17, "end": 24, "source": "body"},
                "aircraft": {"text": "CJ3+", "start": 30, "end": 34, "source": "body"},
            },
        )  # fmt: skip
        messages.append(message)
    with CaptureQueriesContext(connection) as queries:
        found = thread_room.annotate(messages)
    assert len(queries) == 1
    assert [(one.label, one.start, one.end) for one in found[messages[0].pk]] == [
        ("Price", 17, 24),
        ("Aircraft", 30, 34),
        ("Quote: $42,000", 0, 0),
    ]
    assert found[messages[0].pk][2].url.endswith("/review/")
