"""What people do with what reaches them: answer, ask us to stop in every way, or nothing."""

import base64
import json
import random
from collections.abc import Callable, Mapping
from datetime import timedelta
from uuid import UUID, uuid4

from django.conf import settings
from django.db.models import Q
from django.test import Client
from twilio.request_validator import RequestValidator

from outreach.models import Message
from tests.simulation.clock import TurnedClock
from tests.simulation.log import Arrival, Log, Resident, Wish
from tests.simulation.sequences import OUR_NUMBER

SECRET = "Basic " + base64.b64encode(b"town:secret").decode()
# By channel: what they do, of a thousand; the rest says nothing.
TEMPERS: dict[str, dict[str, int]] = {
    "email": {
        "reply": 35,
        "stop mail": 15,
        "link": 12,
        "page": 10,
        "out of office": 15,
        "complaint": 8,
        "bounce": 12,
    },
    "sms": {"reply text": 30, "STOP": 25, "stop in words": 15, "HELP": 5},
}
WORDS = {
    "reply": "Thanks for writing. Could you call me next week about this?",
    "stop mail": "Please unsubscribe me and do not write to me again.",
    "out of office": "I am out of the office until Monday.",
    "reply text": "Yes, call me tomorrow afternoon",
    "STOP": "STOP",
    "stop in words": "please stop texting me",
    "HELP": "HELP",
}
SILENCE = {
    "stop mail": True,
    "STOP": True,
    "stop in words": True,
    "reply": False,
    "reply text": False,
    "complaint": True,
}
REPORTS = {
    "complaint": {"RecordType": "SpamComplaint", "Type": "SpamComplaint", "TypeCode": 512},
    "bounce": {"RecordType": "Bounce", "Type": "HardBounce", "TypeCode": 1,
               "Details": "550 5.1.1 user unknown"},
}  # fmt: skip


def message_of(arrival: Arrival) -> Message | None:
    """The row of what arrived, by the mark it carried."""
    own = Q(pk=arrival.mark) if arrival.channel == "sms" else Q(rfc_message_id=arrival.mark)
    return Message.objects.filter(own).first()


class Happenings:
    """Schedules what people do; `pending` are wishes posted and not yet worked on by the desk."""

    def __init__(
        self, seed: int, clock: TurnedClock, log: Log, by_address: Mapping[str, Resident],
        schedule: Callable[[timedelta, Callable[[], None]], None],
    ) -> None:  # fmt: skip
        self.seed, self.clock, self.log = seed, clock, log
        self.by_address, self.schedule = by_address, schedule
        self.pending: list[tuple[int, str, bool, UUID | None]] = []
        self.bounced: list[str] = []

    def react(self, arrival: Arrival) -> None:
        """Decide what the person does with it; the same for the same seed and person."""
        had = sum(one.to == arrival.to for one in self.log.arrivals)
        chance = random.Random(f"{self.seed}:{arrival.to}:{had}")
        tempers = TEMPERS[arrival.channel]
        what = chance.choices([*tempers, ""], [*tempers.values(), 1000 - sum(tempers.values())])[0]
        if what:
            later = timedelta(hours=min(60.0, chance.expovariate(1 / 10)))
            self.schedule(later, lambda: self.act(arrival, what))

    def act(self, arrival: Arrival, what: str) -> None:
        """They do it now."""
        self.log.counts[what] += 1
        who = self.by_address[arrival.to].key
        if what in ("link", "page"):
            self.unsubscribe(arrival, by_hand=what == "page")
            return
        message = message_of(arrival)
        if what in REPORTS:
            self._report(arrival, what)
        elif arrival.channel == "email":
            self._mail(arrival, what)
        else:
            self._text(arrival.to, WORDS[what])
        if what in SILENCE:
            thread = message.enrollment_id if message else None
            self.pending.append((who, what, SILENCE[what], thread))
        if what == "bounce":
            self.bounced.append(arrival.to)

    def worked_on(self) -> None:
        """The desk has worked off its events: what was asked of it counts from now."""
        for who, how, everything, thread in self.pending:
            self.log.wishes.append(Wish(who, self.clock.now(), how, everything, thread))
        self.log.dead += [(address, self.clock.now()) for address in self.bounced]
        self.pending.clear()
        self.bounced.clear()

    def unsubscribe(self, arrival: Arrival, *, by_hand: bool = False) -> None:
        """Their mail program's button, or the page opened and its button pressed.

        It takes effect before the answer to the post.
        """
        path = arrival.unsubscribe.removeprefix(settings.PUBLIC_URL)
        town = Client()
        if by_hand:
            assert town.get(path).status_code == 200
        answer = town.post(path, {} if by_hand else {"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200, answer.content[:200]
        who = self.by_address[arrival.to].key
        self.log.wishes.append(Wish(who, self.clock.now(), "link", True))

    def _mail(self, arrival: Arrival, what: str) -> None:
        headers = [
            {"Name": "Message-ID", "Value": f"<{uuid4()}@{arrival.to.rsplit('@', 1)[1]}>"},
            {"Name": "In-Reply-To", "Value": arrival.mark},
        ]
        if what == "out of office":
            headers.append({"Name": "Auto-Submitted", "Value": "auto-replied"})
        body = {
            "From": arrival.to,
            "FromName": "Pat",
            "FromFull": {"Email": arrival.to, "Name": "Pat", "MailboxHash": ""},
            "To": arrival.reply_to,
            "ToFull": [{"Email": arrival.reply_to, "Name": "", "MailboxHash": ""}],
            "OriginalRecipient": arrival.reply_to,
            "Subject": f"Re: {arrival.subject}",
            "MessageID": str(uuid4()),
            "Date": f"{self.clock.now():%a, %d %b %Y %H:%M:%S} +0000",
            "TextBody": WORDS[what],
            "HtmlBody": "",
            "Headers": headers,
            "Attachments": [],
        }
        self._post("/webhooks/inbound-email", body)

    def _report(self, arrival: Arrival, what: str) -> None:
        """The mail provider tells what became of it."""
        now = f"{self.clock.now():%Y-%m-%dT%H:%M:%SZ}"
        body = {
            **REPORTS[what], "ID": uuid4().int % 10**9, "MessageID": str(uuid4()),
            "Recipient": arrival.to, "Email": arrival.to, "BouncedAt": now,
            "Metadata": {"message_id": arrival.mark},
        }  # fmt: skip
        self._post("/anymail/postmark/tracking/", body)

    def _post(self, path: str, body: dict[str, object]) -> None:
        town = Client(headers={"Authorization": SECRET})
        answer = town.post(path, json.dumps(body), content_type="application/json")
        assert answer.status_code == 200, answer.content[:200]

    def _text(self, number: str, words: str) -> None:
        sid = f"SM{uuid4().hex}"
        fields = {
            "MessageSid": sid, "SmsSid": sid, "AccountSid": settings.TWILIO_ACCOUNT_SID,
            "From": number, "To": OUR_NUMBER, "Body": words, "NumMedia": "0", "NumSegments": "1",
        }  # fmt: skip
        path = "/webhooks/twilio/sms"
        signed = RequestValidator(settings.TWILIO_AUTH_TOKEN).compute_signature(
            settings.PUBLIC_URL + path, fields
        )
        answer = Client(headers={"X-Twilio-Signature": signed}).post(path, fields)
        assert answer.status_code == 200, answer.content[:200]
