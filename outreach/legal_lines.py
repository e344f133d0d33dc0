"""The lines the law asks for, put under a marketing message when it is drafted.

They are part of what a person approves; who takes them out is told by the gate.
"""

from django.conf import settings

from compliance import unsubscribe
from compliance.choices import AddressKind
from compliance.rules.first_text import WAY_OUT
from outreach.choices import Channel

STOP = {
    "en": "Reply STOP to opt out.",
    "es": "Responda STOP para no recibir más mensajes.",
    "ru": "Ответьте СТОП, чтобы больше не получать сообщений.",
}


def complete(body: str, *, channel: str, to: str, language: str = "en") -> str:
    """The body with who writes, from where, and how to stop it; other channels stay as they are.

    Nothing is added where no seller is configured: the gate then says what to set.
    """
    seller = settings.SELLER_NAME.strip()
    if not body.strip() or not seller:
        return body
    if channel == Channel.EMAIL:
        return f"{body.rstrip()}\n\n{footer_for(to, language)}"
    if channel == Channel.SMS:
        named = body if seller.casefold() in body.casefold() else f"{seller}: {body}"
        if WAY_OUT.search(named):
            return named
        return f"{named.rstrip()} {STOP.get(language[:2], STOP['en'])}"
    return body


def footer_for(to: str, language: str = "en") -> str:
    """The lines under every marketing mail to this address."""
    return unsubscribe.footer(
        url=unsubscribe.page_url(AddressKind.EMAIL, to), seller=settings.SELLER_NAME,
        postal_address=settings.SELLER_POSTAL_ADDRESS, language=language,
    )  # fmt: skip
