"""The lines that end every marketing mail: who writes, from where, and how to stop it."""

STOP = {
    "en": "If you would rather not hear from us, unsubscribe here: {url}",
    "es": "Si prefiere no recibir más mensajes nuestros, dese de baja aquí: {url}",
    "ru": "Если вы не хотите получать от нас письма, отпишитесь здесь: {url}",
}


def footer(*, url: str, seller: str, postal_address: str, language: str = "en") -> str:
    """The footer as plain text, in the recipient's language where we have it. Pure.

    CAN-SPAM, 15 U.S.C. 7704(a)(5): identification, a postal address and a way out.
    """
    stop = STOP.get(language.lower()[:2], STOP["en"]).format(url=url)
    where = ", ".join(line.strip() for line in postal_address.splitlines() if line.strip())
    return f"--\n{seller}, {where}\n{stop}"
