"""Takes addresses out of what the ledger keeps for ever: a keyed hash stands in their place."""

import re
from typing import Any

from compliance import keyed_hash
from compliance.addresses import as_heard
from compliance.choices import AddressKind

# Our own Message-IDs look like addresses and name a message, not a person.
ADDRESS = re.compile(
    r"(?<![\w.+%-])(?!(?i:[0-9a-f]{32}\.[0-9a-f]{20}@))"
    r"(?P<email>[\w.!#$%&'*+/=?^`{|}~-]+@[\w-]+(?:\.[\w-]+)+)"
    r"|(?<![\w+])(?P<phone>\+[1-9]\d{6,14})(?!\d)"
)
SHORT = 12


def without_addresses(value: Any) -> Any:
    """The value with every e-mail address and E.164 number in its texts replaced.

    A text that is an address becomes its `keyed_hash.hashed`; within a sentence the hash is
    shortened, long enough to see that two entries speak of the same one.
    """
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, dict):
        return {_text(str(key)): without_addresses(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [without_addresses(one) for one in value]
    return value


def _text(text: str) -> str:
    if "@" not in text and "+" not in text:
        return text
    whole = ADDRESS.fullmatch(text)
    return _hash(whole) if whole else ADDRESS.sub(lambda match: f"[{_short(match)}]", text)


def _hash(match: re.Match[str]) -> str:
    kind = AddressKind.EMAIL if match["email"] else AddressKind.PHONE
    return keyed_hash.hashed(as_heard(kind, match[0]))


def _short(match: re.Match[str]) -> str:
    return f"address {_hash(match).rsplit(':', 1)[1][:SHORT]}"
