"""The mail server and the text provider of the month: they stamp what reaches them."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any, cast

from config.demo.twilio import Sent, TwilioStandIn
from tests.simulation.log import Arrival
from tests.smtp_sink import Sink

Stamp = Callable[[Arrival], None]


class Letters(Sink):
    """A mail server that tells `stamp` of each mail as it takes it."""

    def __init__(self, clock: Callable[[], datetime], stamp: Stamp) -> None:
        super().__init__()
        self.clock, self.stamp = clock, stamp

    def _keep(self, envelope: Any) -> None:
        super()._keep(envelope)
        mail = cast(EmailMessage, self.mails[-1])
        part = mail.get_body(("plain",))
        mark = "".join(str(mail["Message-ID"]).split())
        link = re.search(r"<(http[^>]+)>", str(mail["List-Unsubscribe"] or ""))
        self.stamp(
            Arrival(
                self.clock(), "email", str(envelope.rcpt_tos[0]), mark,
                str(mail["Subject"]), str(part.get_content()) if part else "",
                unsubscribe=link[1] if link else "", reply_to=str(mail["Reply-To"] or ""),
            )
        )  # fmt: skip


class _Stamped(list[Sent]):
    def __init__(self, clock: Callable[[], datetime], stamp: Stamp) -> None:
        super().__init__()
        self.clock, self.stamp = clock, stamp

    def append(self, sent: Sent) -> None:
        super().append(sent)
        callback = sent.fields.get("StatusCallback", "")
        seconds = int(sent.fields.get("ValidityPeriod") or 14_400)  # the provider's own default
        self.stamp(
            Arrival(
                self.clock(), "sms", sent.to, callback.partition("message=")[2], "", sent.body,
                validity=timedelta(seconds=seconds),
            )
        )  # fmt: skip


def text_provider(clock: Callable[[], datetime], stamp: Stamp) -> TwilioStandIn:
    """A stand-in that tells `stamp` of each text as it takes it."""
    town = TwilioStandIn(report=False)
    town.sent = _Stamped(clock, stamp)
    return town
