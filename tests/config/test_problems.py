"""What people and programs read when something broke, or the database is away."""

from django.db import OperationalError
from django.http import HttpRequest
from django.test import RequestFactory

from config import problems


def answer_while_away(request: HttpRequest) -> tuple[int, str, str]:
    try:
        raise OperationalError("server closed the connection unexpectedly")
    except OperationalError:
        answer = problems.server_error(request)
    return answer.status_code, answer["Content-Type"], answer.content.decode()


def test_a_person_gets_a_page_and_a_program_a_document(rf: RequestFactory) -> None:
    status, kind, text = answer_while_away(rf.get("/admin/"))
    assert (status, kind) == (503, "text/html; charset=utf-8")
    assert "Nothing is lost" in text
    status, kind, text = answer_while_away(rf.post("/anymail/postmark/inbound/"))
    assert (status, kind) == (503, "application/problem+json")
    assert "closed the connection" not in text


def test_a_mistake_of_ours_is_called_one(rf: RequestFactory) -> None:
    try:
        raise ZeroDivisionError
    except ZeroDivisionError:
        answer = problems.server_error(rf.get("/api/requests"))
    assert answer.status_code == 500
    assert "Retry-After" not in answer
