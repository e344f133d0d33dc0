"""The texts that are answered by themselves: HELP, and a wish to stop that Twilio overheard. Pure.

Twilio answers its own stop and help words (whole message, any case) unless that is switched off
at the Messaging Service; answering again would be a second text to somebody who said stop.
"""

from collections.abc import Mapping
from typing import Any

from django.conf import settings

from compliance.optout import Verdict, detect

# Twilio's documented defaults for long codes and Messaging Services.
TWILIO_STOP = frozenset(
    {"stop", "stopall", "unsubscribe", "end", "quit", "revoke", "optout", "cancel"}
)
TWILIO_HELP = frozenset({"help", "info"})
OUR_HELP = frozenset({"ayuda", "помощь", "справка", "hilfe", "aide", "help please", "help me"})


def answer_to(fields: Mapping[str, Any]) -> str:
    """The one automatic answer to an inbound text; empty for almost all of them."""
    if fields.get("OptOutType"):
        return ""  # Twilio says so only when it has answered already
    body, word = str(fields.get("Body") or ""), _word(fields)
    if word in TWILIO_HELP | OUR_HELP:
        twilio_does = word in TWILIO_HELP and settings.TWILIO_ANSWERS_KEYWORDS
        return "" if twilio_does else help_text()
    if detect(body).verdict is Verdict.CLEAR:
        twilio_does = word in TWILIO_STOP and settings.TWILIO_ANSWERS_KEYWORDS
        return "" if twilio_does else confirmation_text()
    return ""


def is_start(fields: Mapping[str, Any]) -> bool:
    """Whether somebody re-opened themselves at Twilio, which lifts nothing here."""
    named = str(fields.get("OptOutType") or "").upper() == "START"
    return named or _word(fields) in {"start", "unstop"}


def is_help(fields: Mapping[str, Any]) -> bool:
    """Whether somebody asked who writes and how to stop, and nothing else."""
    named = str(fields.get("OptOutType") or "").upper() == "HELP"
    return named or _word(fields) in TWILIO_HELP | OUR_HELP


def _word(fields: Mapping[str, Any]) -> str:
    return " ".join(str(fields.get("Body") or "").casefold().split()).strip(".! ")


def help_text() -> str:
    """Who we are, how to reach a person, how to stop (CTIA; 47 CFR 64.1200(d)(4))."""
    return f"{settings.BRAND}: for help write to {settings.CONTACT}. Reply STOP to opt out."


def confirmation_text() -> str:
    """Confirms and nothing else: 47 CFR 64.1200(a)(12)."""
    return f"{settings.BRAND}: you are unsubscribed and will get no more messages."
