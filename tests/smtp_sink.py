"""An SMTP server that counts what it gets, and misbehaves on demand."""

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import Message as Mail
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP


@dataclass
class Sink:
    """`answer(recipient, count)` may return another reply than 250, or None to hang up.

    `wait(recipient)`: seconds this one is thought about, while others are answered.
    `holds(recipient)`: whether the server goes on thinking about this one.
    """

    answer: Callable[[str, int], str | None] | None = None
    wait: Callable[[str], float] = lambda _to: 0.0
    holds: Callable[[str], bool] = lambda _to: False
    rcpt_answer: Callable[[str], str] | None = None
    mails: list[Mail] = field(default_factory=list)
    recipients: Counter[str] = field(default_factory=Counter)
    port: int = 0

    async def handle_RCPT(
        self, server: SMTP, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        reply = self.rcpt_answer(address) if self.rcpt_answer else "250 OK"
        if reply.startswith("250"):
            envelope.rcpt_tos.append(address)
        return reply

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Any) -> str:
        to = envelope.rcpt_tos[0]
        await asyncio.sleep(self.wait(to))
        while self.holds(to):
            await asyncio.sleep(0.01)
        reply = self.answer(to, len(self.mails)) if self.answer else "250 taken"
        if reply is None:
            # Taken, and then the line goes dead before the answer: the worst case.
            self._keep(envelope)
            server.transport.abort()
            return "250 never heard"
        if reply.startswith("250"):
            self._keep(envelope)
        return reply

    def _keep(self, envelope: Any) -> None:
        self.mails.append(message_from_bytes(envelope.original_content, policy=policy.default))
        self.recipients.update(envelope.rcpt_tos)

    @property
    def twice(self) -> dict[str, int]:
        return {to: count for to, count in self.recipients.items() if count > 1}


@contextmanager
def running_sink(sink: Sink | None = None, **options: Any) -> Iterator[Sink]:
    """A sink listening on a free loopback port; `options` are the server's, such as for TLS."""
    from config.demo.processes import free_port

    sink = sink or Sink()
    sink.port = free_port(0)
    controller = Controller(sink, hostname="127.0.0.1", port=sink.port, **options)
    controller.start()
    try:
        yield sink
    finally:
        controller.stop()
        time.sleep(0)
