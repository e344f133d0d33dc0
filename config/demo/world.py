"""The town at work: an SMTP server that takes the mail, and people who answer over HTTP."""

import asyncio
import email
import email.policy
from collections import Counter
from collections.abc import Sequence
from email.message import EmailMessage
from typing import Any, cast

import httpx2
import structlog
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from jinja2.sandbox import SandboxedEnvironment

from config.demo import postmark
from config.demo.owners import Owner
from config.demo.postmark import Delivered
from config.demo.town import Answer, Town

log = structlog.get_logger(__name__)
TRIES = 8
# Owners answer while time runs fast: days would pass over a vendor's leisure.
OWNERS_HASTE = 0.2


class World:
    """Takes mail on `smtp_port`; plays the people against the desk's webhooks at `base_url`.

    `pace` scales every delay: 1.0 as written in the town, 0.1 ten times as fast.
    `secret` is "user:password", the basic-auth secret the desk asks of its webhooks.
    """

    def __init__(
        self,
        town: Town,
        *,
        base_url: str,
        secret: str,
        smtp_port: int,
        pace: float,
        owners: Sequence[Owner] = (),
    ) -> None:
        self.vendors = {vendor.email: vendor for vendor in town.vendor if vendor.email}
        self.owners = {owner.email: owner for owner in owners if owner.email}
        self.mails: Counter[str] = Counter()
        self.base_url = base_url.rstrip("/")
        self.secret = secret
        self.pace = pace
        self.controller = Controller(self, hostname="127.0.0.1", port=smtp_port)
        self.answering: set[asyncio.Task[None]] = set()
        self.owners_answering: set[asyncio.Task[None]] = set()
        self.templates = SandboxedEnvironment()

    def start(self) -> None:
        """Open the SMTP port; mail is answered in the controller's own thread."""
        self.controller.start()

    def stop(self) -> None:
        self.controller.stop()

    def owners_busy(self) -> bool:
        """Whether an owner has yet to read or answer a mail."""
        return bool(self.owners_answering)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """aiosmtpd's hook: take the mail, and let each recipient answer in their own time."""
        raw = cast(bytes, envelope.original_content)
        message = cast(EmailMessage, email.message_from_bytes(raw, policy=email.policy.default))
        for recipient in envelope.rcpt_tos:
            mail = Delivered(message, recipient.lower())
            task = asyncio.get_running_loop().create_task(self.live(mail))
            busy = self.owners_answering if mail.recipient in self.owners else self.answering
            busy.add(task)
            task.add_done_callback(busy.discard)
        return "250 2.0.0 Taken by the demo town"

    async def live(self, mail: Delivered) -> None:
        """Everything that happens after one mail: delivery, opening, answers."""
        log.info("demo_mail", to=mail.recipient, subject=str(mail.message["Subject"]))
        if mail.message["Auto-Submitted"]:
            return  # the desk's own mail to staff, who live elsewhere
        name, answers = self._answers_to(mail)
        bounces = any(answer.kind == "bounce" for answer in answers)
        if not bounces:
            await self._wait(1, mail)
            await self.track(postmark.delivery(mail))
            await self._wait(1, mail)
            await self.track(postmark.opened(mail))
        elapsed = 0.0 if bounces else 2.0
        for answer in answers:
            await self._wait(max(0.0, answer.after - elapsed), mail)
            elapsed = max(elapsed, answer.after)
            await self.answer(mail, name, answer)

    def _answers_to(self, mail: Delivered) -> tuple[str, Sequence[Answer]]:
        """Who got the mail, and what they send back: a vendor to each, an owner to the n-th."""
        self.mails[mail.recipient] += 1
        if vendor := self.vendors.get(mail.recipient):
            return vendor.contact, vendor.answers
        if owner := self.owners.get(mail.recipient):
            count = self.mails[mail.recipient]
            return owner.name, [answer for answer in owner.mails if answer.on == count]
        return "", ()

    async def answer(self, mail: Delivered, name: str, answer: Answer) -> None:
        if answer.kind == "bounce":
            await self.track(postmark.bounce(mail, answer.text.strip()))
            return
        text, html = self._write(mail, answer)
        body = postmark.inbound(
            mail,
            from_name=answer.from_name or name,
            from_email=answer.from_email or mail.recipient,
            subject=answer.subject,
            text=text,
            html=html,
            auto=answer.kind == "auto_reply",
        )
        await self._post("/webhooks/inbound-email", body)

    async def track(self, body: dict[str, Any]) -> None:
        await self._post("/anymail/postmark/tracking/", body)

    def _write(self, mail: Delivered, answer: Answer) -> tuple[str, str]:
        """The answer's text and HTML, with the desk's own mail quoted below as mail programs do."""
        sender = str(mail.message["From"]).split("<")[0].strip(' "')
        values = {"first": sender.split(" ")[0] or "there"}
        date = str(mail.message["Date"] or "")
        header = f"On {date}, {sender} wrote:"
        if answer.html:
            html = self.templates.from_string(answer.html.strip()).render(values)
            quoted = "<br>".join(mail.text.splitlines())
            return (
                "",
                f"{html}<div class='gmail_quote'>{header}<blockquote>{quoted}</blockquote></div>",
            )
        text = self.templates.from_string(answer.text.strip()).render(values)
        if answer.kind == "auto_reply":
            return text, ""
        quoted = "\n".join(f"> {line}".rstrip() for line in mail.text.splitlines())
        return f"{text}\n\n{header}\n\n{quoted}\n", ""

    async def _wait(self, seconds: float, mail: Delivered) -> None:
        haste = OWNERS_HASTE if mail.recipient in self.owners else 1.0
        await asyncio.sleep(seconds * self.pace * haste)

    async def _post(self, path: str, body: dict[str, Any]) -> None:
        """Post as a provider does: again and again, with growing waits, until it is taken."""
        user, _, password = self.secret.partition(":")
        for attempt in range(TRIES):
            try:
                async with httpx2.AsyncClient(auth=(user, password), timeout=20) as client:
                    answer = await client.post(self.base_url + path, json=body)
                if answer.status_code < 300:
                    return
                log.warning("demo_webhook_refused", path=path, status=answer.status_code)
            except httpx2.HTTPError as error:
                log.warning("demo_webhook_unreachable", path=path, error=repr(error))
            await asyncio.sleep(min(30, 2**attempt))
