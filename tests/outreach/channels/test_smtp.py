"""One mail over an SMTP session: what the server says, and what is known afterwards."""

import smtplib
import socket
import threading
from collections.abc import Callable, Iterator

import pytest
from django.core.mail import EmailMultiAlternatives

from outreach.channels import smtp
from outreach.channels.talk import finish


def mail(subject: str = "Hi", body: str = "Text", name: str = "Ella") -> EmailMultiAlternatives:
    message = EmailMultiAlternatives(
        subject,
        body,
        f'"{name}" <ella@desk.example>',
        ["jo@jets.example"],
        headers={"Message-ID": "<1@desk.example>", "Date": "Thu, 01 Jan 2026 10:00:00 +0000"},
    )
    message.attach_alternative(f"<p>{body}</p>", "text/html")
    return message


class Server:
    """A mail server that answers by a script of `{command: reply}`; None hangs up."""

    def __init__(self, script: dict[str, str | None], *, pipelining: bool) -> None:
        self.script, self.pipelining = script, pipelining
        self.heard: list[str] = []
        self.reads = 0
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()

    def _serve(self) -> None:
        connection, _address = self.listener.accept()
        lines, buffer, in_text = connection, b"", False
        connection.sendall(b"220 ready\r\n")
        while data := lines.recv(65536):
            self.reads += 1
            buffer += data
            while b"\r\n" in buffer:
                line, _, buffer = buffer.partition(b"\r\n")
                if in_text:
                    self.heard.append(line.decode())
                    if line != b".":
                        continue
                    in_text, command = False, "."
                else:
                    command = line.decode().split()[0].upper()
                    self.heard.append(line.decode())
                reply = self.script.get(command, self._usual(command))
                if reply is None:
                    connection.close()
                    return
                in_text = in_text or (command == "DATA" and reply.startswith("354"))
                connection.sendall(reply.encode() + b"\r\n")

    def _usual(self, command: str) -> str:
        if command == "EHLO":
            return "250-hello\r\n250-SIZE 9999999\r\n250 " + (
                "PIPELINING" if self.pipelining else "8BITMIME"
            )
        return {"DATA": "354 go", "QUIT": "221 bye"}.get(command, "250 ok")


@pytest.fixture(params=[False, True], ids=["one by one", "pipelined"])
def serve(request: pytest.FixtureRequest) -> Iterator[Callable[..., tuple[Server, smtplib.SMTP]]]:
    opened: list[tuple[Server, smtplib.SMTP]] = []

    def start(**script: str | None) -> tuple[Server, smtplib.SMTP]:
        named = {"." if name == "text" else name.upper(): reply for name, reply in script.items()}
        server = Server(named, pipelining=request.param)
        session = smtplib.SMTP("127.0.0.1", server.listener.getsockname()[1], timeout=5)
        opened.append((server, session))
        return server, session

    yield start
    for server, session in opened:
        session.close()
        server.listener.close()
        server.thread.join(5)


Serve = Callable[..., tuple[Server, smtplib.SMTP]]


def hand_over(
    session: smtplib.SMTP, message: EmailMultiAlternatives, *, before_text: Callable[[], None]
) -> None:
    finish(smtp.hand_over(session, message, before_text=before_text))


def begun() -> tuple[list[bool], Callable[[], None]]:
    marks: list[bool] = []
    return marks, lambda: marks.append(True)


def test_the_envelope_has_bare_addresses_and_idna_domains(serve: Serve) -> None:
    server, session = serve()
    message = mail()
    message.to = ["Jo Bücher <jo@bücher.example>"]
    hand_over(session, message, before_text=lambda: None)
    assert any(line.startswith("MAIL FROM:<ella@desk.example> SIZE=") for line in server.heard)
    assert "RCPT TO:<jo@xn--bcher-kva.example>" in server.heard


def test_lines_that_begin_with_a_dot_arrive_as_written(serve: Serve) -> None:
    server, session = serve()
    hand_over(session, mail(body=".hidden\r\n.\r\nQUIT"), before_text=lambda: None)
    assert "..hidden" in server.heard
    assert server.heard.count(".") == 1


def test_a_server_that_takes_commands_together_is_asked_fewer_times(serve: Serve) -> None:
    server, session = serve()
    hand_over(session, mail(), before_text=lambda: None)
    assert server.reads == (3 if server.pipelining else 5)


@pytest.mark.parametrize(
    ("script", "error", "code"),
    [
        ({"mail": "550 not you"}, smtplib.SMTPSenderRefused, 550),
        ({"rcpt": "550 unknown"}, smtplib.SMTPRecipientsRefused, 550),
        ({"rcpt": "451 later"}, smtplib.SMTPRecipientsRefused, 451),
        ({"rcpt": "550 unknown", "data": "554 no recipients"}, smtplib.SMTPRecipientsRefused, 550),
        ({"data": "451 busy"}, smtplib.SMTPDataError, 451),
    ],
)
def test_a_refusal_before_the_text_says_which_and_sends_no_text(
    serve: Serve, script: dict[str, str], error: type[smtplib.SMTPException], code: int
) -> None:
    server, session = serve(**script)
    marks, mark = begun()
    with pytest.raises(error) as caught:
        hand_over(session, mail(), before_text=mark)
    refused = caught.value
    if isinstance(refused, smtplib.SMTPRecipientsRefused):
        assert [reply[0] for reply in refused.recipients.values()] == [code]
    else:
        assert isinstance(refused, smtplib.SMTPResponseException)
        assert refused.smtp_code == code
    assert marks == []
    assert not any("Message-ID" in line for line in server.heard)


def test_after_a_refusal_the_same_session_takes_the_next_mail(serve: Serve) -> None:
    server, session = serve(rcpt="550 unknown")
    with pytest.raises(smtplib.SMTPRecipientsRefused):
        hand_over(session, mail(), before_text=lambda: None)
    del server.script["RCPT"]
    hand_over(session, mail(), before_text=lambda: None)
    assert sum("Message-ID" in line for line in server.heard) == 1


def test_a_refused_text_says_so(serve: Serve) -> None:
    _server, session = serve(text="554 spam")
    marks, mark = begun()
    with pytest.raises(smtplib.SMTPDataError) as caught:
        hand_over(session, mail(), before_text=mark)
    assert (caught.value.smtp_code, marks) == (554, [True])


@pytest.mark.parametrize(("step", "text_begun"), [("rcpt", []), ("data", []), ("text", [True])])
def test_a_line_that_goes_dead_tells_whether_the_text_had_begun(
    serve: Serve, step: str, text_begun: list[bool]
) -> None:
    _server, session = serve(**{step: None})
    marks, mark = begun()
    with pytest.raises((smtplib.SMTPServerDisconnected, OSError)):
        hand_over(session, mail(), before_text=mark)
    assert marks == text_begun


def test_a_server_that_closes_leaves_a_closed_session(serve: Serve) -> None:
    _server, session = serve(mail="421 going down")
    with pytest.raises(smtplib.SMTPSenderRefused):
        hand_over(session, mail(), before_text=lambda: None)
    assert session.sock is None


def test_a_second_recipient_is_refused(serve: Serve) -> None:
    _server, session = serve()
    message = mail()
    message.cc = ["other@jets.example"]
    with pytest.raises(ValueError, match="too many values"):
        hand_over(session, message, before_text=lambda: None)
