"""A stand-in for Twilio: takes texts over its API, reports on them, and lets people text back.

Speaks the part of the API that the desk uses, over real HTTP, with real signatures.
"""

import base64
import json
import threading
import urllib.error
import urllib.parse
import urllib.request
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from twilio.request_validator import RequestValidator

# What Twilio's API refuses at once, by number: error code and words.
Refusals = dict[str, tuple[int, str]]


@dataclass
class Sent:
    """One text the stand-in took."""

    sid: str
    to: str
    from_: str
    body: str
    fields: dict[str, str]


@dataclass
class TwilioStandIn:
    """`answer(sent)` may return a text the person writes back, after delivery was reported.

    `refuse` names numbers the API refuses, `fail` numbers whose delivery fails later, each with
    Twilio's error code. `base_url` is where the desk's webhooks are.
    """

    account: str = "AC00000000000000000000000000000001"
    token: str = "stand-in-token"  # noqa: S105
    base_url: str = ""
    answer: Callable[[Sent], str] | None = None
    refuse: Refusals = field(default_factory=dict)
    fail: dict[str, int] = field(default_factory=dict)
    report: bool = True
    sent: list[Sent] = field(default_factory=list)
    answers: list[tuple[int, str]] = field(default_factory=list)
    under_way: set[str] = field(default_factory=set)  # texts whose reports or answers are to come

    def start(self, port: int = 0) -> str:
        """Listen on loopback; returns the address for TWILIO_API_URL."""
        stand_in = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                stand_in._take(self)

            def log_message(self, *_args: Any) -> None:
                """Quiet: the tests and the demo have logs of their own."""

        self.server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{self.server.server_port}"

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def _take(self, request: BaseHTTPRequestHandler) -> None:
        length = int(request.headers.get("Content-Length") or 0)
        fields = dict(urllib.parse.parse_qsl(request.rfile.read(length).decode()))
        wanted = base64.b64encode(f"{self.account}:{self.token}".encode()).decode()
        if request.headers.get("Authorization") != f"Basic {wanted}":
            _reply(request, 401, {"code": 20003, "message": "Authenticate", "status": 401})
            return
        to = fields.get("To", "")
        if to in self.refuse:
            code, words = self.refuse[to]
            _reply(request, 400, {"code": code, "message": words, "status": 400})
            return
        sent = Sent(
            f"SM{uuid.uuid4().hex}",
            to,
            fields.get("From") or fields.get("MessagingServiceSid", ""),
            fields.get("Body", ""),
            fields,
        )
        self.sent.append(sent)
        if self.report:
            self.under_way.add(sent.sid)
        segments = str(1 + len(sent.body) // 154)
        _reply(
            request, 201,
            {
                "sid": sent.sid, "status": "queued", "to": to, "from": sent.from_,
                "body": sent.body, "num_segments": segments, "price": None, "price_unit": "USD",
                "error_code": None, "error_message": None, "account_sid": self.account,
            },
        )  # fmt: skip
        if self.report:
            threading.Thread(target=self._live_on, args=(sent,), daemon=True).start()

    def _live_on(self, sent: Sent) -> None:
        try:
            self._live(sent)
        finally:
            self.under_way.discard(sent.sid)

    def _live(self, sent: Sent) -> None:
        """What happens after a text was taken: reports, then perhaps an answer."""
        callback = sent.fields.get("StatusCallback", "")
        final = "undelivered" if sent.to in self.fail else "delivered"
        for status in ("sent", final) if callback else ():
            extra = {"ErrorCode": str(self.fail[sent.to])} if status == "undelivered" else {}
            self.call(
                callback,
                {"MessageSid": sent.sid, "MessageStatus": status, "To": sent.to,
                 "From": sent.from_, "AccountSid": self.account, **extra},
            )  # fmt: skip
        words = self.answer(sent) if self.answer and sent.to not in self.fail else ""
        if words:
            self.text_in(sent.to, sent.from_, words)

    def text_in(self, number: str, to: str, words: str, **more: str) -> tuple[int, str]:
        """Somebody texts one of our numbers; returns the desk's (status, TwiML)."""
        sid = more.pop("sid", "") or f"SM{uuid.uuid4().hex}"
        fields = {
            "MessageSid": sid, "SmsSid": sid, "AccountSid": self.account, "From": number,
            "To": to, "Body": words, "NumMedia": "0", "NumSegments": "1", **more,
        }  # fmt: skip
        answer = self.call(f"{self.base_url}/webhooks/twilio/sms", fields)
        self.answers.append(answer)
        return answer

    def call(
        self, url: str, fields: dict[str, str], *, signature: str | None = None
    ) -> tuple[int, str]:
        """Post a signed form as Twilio does; returns (status, body)."""
        signed = RequestValidator(self.token).compute_signature(url, fields)
        request = urllib.request.Request(  # noqa: S310  the address is the desk's own
            url,
            urllib.parse.urlencode(fields).encode(),
            {"X-Twilio-Signature": signed if signature is None else signature},
        )
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()


def _reply(request: BaseHTTPRequestHandler, status: int, body: dict[str, Any]) -> None:
    raw = json.dumps(body).encode()
    request.send_response(status)
    request.send_header("Content-Type", "application/json")
    request.send_header("Content-Length", str(len(raw)))
    request.end_headers()
    request.wfile.write(raw)
