"""A text says who sends it; the first one also says how to stop, and carries no link."""

import re

# “Reply STOP”, in the languages we write in; “stop by tomorrow” says nothing of the kind.
WAY_OUT = re.compile(
    r"(?:(?i:reply|text|send|answer|respond|responda|responde|env[ií]e|env[ií]a|conteste|escriba"
    r"|ответьте|ответь|отправьте|напишите|пришлите))\b.{0,20}?\b(?:STOP|СТОП|ALTO|BAJA)\b"
)
# A name that ends like a domain of the web; what follows an @ is an address to write to.
LINK = re.compile(
    r"(?i)https?://\S+|\bwww\.\S+"
    r"|(?<![@\w.-])(?:[a-z0-9-]+\.)+(?:com|net|org|info|biz|io|co|us|me|ly|gl|app|dev|link|page|site"
    r"|online|store|shop|gd|gy|to|tv|uk|de|es|mx|ru|рф|eu|ca)\b(?:/\S*)?"
)
# AT&T and the CTIA principles bar them: nobody can see where they lead.
SHORTENERS = re.compile(
    r"(?i)(?<![\w.-])(?:bit\.ly|tinyurl\.com|t\.co|goo\.gl|ow\.ly|is\.gd|buff\.ly|rebrand\.ly"
    r"|cutt\.ly|rb\.gy|shorturl\.at|t\.ly|tiny\.cc|bl\.ink)(?:/|\b)"
)


def refusals(
    channel: str,
    purpose: str,
    body: str,
    *,
    seller: str,
    is_first: bool,
    links_allowed: bool = False,
) -> list[str]:
    """Reasons why this text may not leave; [] for other channels and for answers.

    `seller` is our name as people know it (47 CFR 64.1200(d)(4)), `is_first` whether this number
    never had a text from us, `links_allowed` what the campaign's registration permits.
    """
    if channel != "sms" or purpose == "answer":
        return []
    reasons = []
    if purpose == "marketing":
        if not seller.strip():
            reasons.append("SELLER_NAME is not set: a marketing text must say who sends it.")
        elif seller.casefold() not in " ".join(body.casefold().split()):
            reasons.append(f"The text does not say who sends it: name {seller}.")
    if is_first and not WAY_OUT.search(body):
        reasons.append("A first text must say how to stop, such as “Reply STOP to opt out”.")
    if SHORTENERS.search(body):
        reasons.append("Carriers block public link shorteners: write the whole address.")
    elif is_first and not links_allowed and LINK.search(body):
        reasons.append("A first text may carry no link here.")
    return reasons
