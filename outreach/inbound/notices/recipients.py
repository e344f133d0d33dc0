"""Whom a notice is about, from the surest place to the weakest: fields, lines, returned mail."""

import re
from collections.abc import Iterable
from email.utils import getaddresses

from outreach.inbound.notices.forms import says
from outreach.inbound.notices.opened import ADDRESS, Opened, fields

VERP = re.compile(r"(?:^|[+-])([^=+@\s]+)=([a-z0-9.-]+\.[a-z]{2,})@", re.IGNORECASE)
# The line a recipient stands on in a notice without fields, and what else stands there.
_LABEL = (
    r"(?:(?:failed |final |original )?(?:recipients?|rcpt to|to|e-?mail|address|user|destinatario|"
    r"empfänger|destinataire|получатель|адрес)(?: address)?(?: was)?\s*:?\s*)?"
)
LINE = re.compile(
    rf"^[\s>*\"'\[(•-]*{_LABEL}[\[<(\"']*(?:smtp:|rfc822;|mailto:)?\s*"
    rf"<?(?P<to>{ADDRESS.pattern})[>\])\"']*:?(?P<rest>.*)$",
    re.IGNORECASE,
)
RETURNED_TO = (
    "x-hmxmroriginalrecipient", "x-rcpt-to", "x-envelope-to", "envelope-to", "x-original-to",
    "delivered-to", "x-failed-recipients", "to", "cc",
)  # fmt: skip
NOT_PEOPLE = re.compile(r"^(?:mailer-daemon|postmaster|abuse|support|noreply|no-reply|hostmaster)@")


def clean(value: str) -> str:
    """The address in a field such as "rfc822; <a@b.example>" or "rfc822;a+2Bc@b"; "" without."""
    kind, _, rest = value.rpartition(";")
    text = (rest or value).strip()
    if "utf-8" not in kind.lower():
        text = re.sub(r"\+([0-9A-F]{2})(?=.*@)", lambda m: chr(int(m.group(1), 16)), text)
    found = ADDRESS.search(text)
    return found.group().lower().lstrip("'") if found else ""


def ours(opened: Opened) -> set[str]:
    """Addresses that cannot be the recipient: the notice's own ends and our own senders."""
    names = ("from", "reply-to", "return-path", "sender", "x-postfix-sender", "original-mail-from")
    report = opened.reports.get("delivery", "") + "\n" + opened.reports.get("feedback", "")
    told = [
        value for name, value in fields(opened.returned[:20_000] + "\n" + report) if name in names
    ]
    return {clean(value) for value in told} | {opened.sender, *opened.addressed()}


def failed_header(opened: Opened) -> list[str]:
    """The addresses of X-Failed-Recipients (Exim, Google and others)."""
    return _unique(ADDRESS.findall(opened.headers.get("x-failed-recipients", "")))


def verp(opened: Opened) -> str:
    """The recipient as our own return path spells it: bounces+zoe=cellar.example@us."""
    for address in (*opened.addressed(), opened.headers.get("x-original-to", "")):
        found = VERP.search(address)
        if found and not address.lower().startswith(("prvs=", "srs0", "srs1")):
            name = re.sub(r"^(?:bounces?|\d+)[-+]", "", found.group(1))
            return f"{name}@{found.group(2)}".lower()
    return ""


def original_to(opened: Opened) -> str:
    """The X-Original-To of a notice that came to another address (DragonFly)."""
    address = clean(opened.headers.get("x-original-to", ""))
    return address if address and address not in opened.headers.get("to", "").lower() else ""


def returned_to(opened: Opened) -> str:
    """Whom the returned mail was for, by its own headers."""
    headers = fields(opened.returned[:20_000])
    not_theirs = ours(opened)
    for wanted in RETURNED_TO:
        for name, value in headers:
            if name != wanted:
                continue
            for _name, address in getaddresses([value]):
                if (
                    ADDRESS.fullmatch(address)
                    and not redacted(address)
                    and address.lower() not in not_theirs
                ):
                    return address.lower()
    found = re.search(rf"\bfor <({ADDRESS.pattern})>", opened.returned[:20_000])
    return found.group(1).lower() if found and found.group(1).lower() not in not_theirs else ""


def redacted(address: str) -> bool:
    """Whether a provider has hidden who it is."""
    return "redacted" in address.lower() or "*" in address or "xxxx" in address.lower()


def lines(opened: Opened) -> list[tuple[str, str]]:
    """(recipient, what is said of it) for every recipient that opens a line of the notice."""
    not_theirs = ours(opened)
    found: list[tuple[str, list[str]]] = []
    for line in opened.text.splitlines():
        match = LINE.match(line)
        address = match["to"].lower().strip(".'") if match else ""
        if match and address not in not_theirs:
            if not found or found[-1][0] != address:
                found.append((address, []))
            found[-1][1].append(match["rest"])
        elif found:
            found[-1][1].append(line)
    told = _joined((address, "\n".join(rest)) for address, rest in found)
    return [one for one in told if not NOT_PEOPLE.match(one[0])] or told


def anywhere(opened: Opened) -> str:
    """The only address in the notice's words that can be the recipient; "" for none or several."""
    not_theirs = ours(opened)
    found = [
        address
        for address in _unique(ADDRESS.findall(opened.text))
        if address not in not_theirs
        and not says("daemon address", address)
        and "." in address.rpartition("@")[2]
    ]
    found = [one for one in found if not NOT_PEOPLE.match(one)] or found
    domains = {address.rpartition("@")[2] for address in found}
    return found[0] if found and len(domains) == 1 else ""


def _unique(addresses: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(address.lower().strip(".'") for address in addresses))


def _joined(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    joined: dict[str, str] = {}
    for address, said in pairs:
        joined[address] = f"{joined[address]}\n{said}" if address in joined else said
    return list(joined.items())
