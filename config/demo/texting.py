"""The carriers' side of the demo: takes the desk's texts, and lets owners text back."""

import threading
import time
from collections import Counter

import structlog

from config.demo.owners import Owner, Owners
from config.demo.twilio import Sent, TwilioStandIn

log = structlog.get_logger(__name__)
# What Twilio reports of numbers that take no texts.
DEAD = {"out_of_service": 30005, "landline": 30006}
THINKING_SECONDS = 0.5


class Phones:
    """Plays every owner's phone; `stand_in` speaks to the desk as Twilio does."""

    def __init__(
        self, owners: Owners, *, base_url: str, account: str, token: str, pace: float
    ) -> None:
        self.by_number = {number: owner for owner in owners.owner for number in owner.phones}
        self.pace = pace
        self.texts: Counter[str] = Counter()
        self.counting = threading.Lock()
        self.stand_in = TwilioStandIn(
            account=account,
            token=token,
            base_url=base_url,
            answer=self.answer,
            fail={n: DEAD[owner.dead] for n, owner in self.by_number.items() if owner.dead},
        )

    def busy(self) -> bool:
        """Whether somebody has yet to get or answer a text."""
        return bool(self.stand_in.under_way)

    def answer(self, sent: Sent) -> str:
        """What the owner texts back, after a moment's thought; "" for nothing."""
        owner = self.by_number.get(sent.to)
        if owner is None:
            return ""
        log.info("demo_text", to=sent.to, body=sent.body)
        words = self._words(owner)
        if words:
            time.sleep(THINKING_SECONDS * self.pace)
        return words

    def _words(self, owner: Owner) -> str:
        with self.counting:
            self.texts[owner.name] += 1
            count = self.texts[owner.name]
        return next((back.text for back in owner.texts if back.on == count), "")
