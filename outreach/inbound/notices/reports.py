"""Reads delivery reports with fields (RFC 3464), also where mail systems spell them wrongly."""

import re

from outreach.inbound.notices.forms import says
from outreach.inbound.notices.opened import Opened, fields
from outreach.inbound.notices.reading import Delivery, Hardness, Kind
from outreach.inbound.notices.recipients import clean, failed_header, returned_to, verp
from outreach.inbound.notices.severity import find_status, judge

START = re.compile(r"^(?:reporting-mta|final-recipient|original-recipient)[ \t]*:", re.I | re.M)
RECIPIENTS = ("original-recipient", "final-recipient", "x-actual-recipient", "recipient")
OPENS = frozenset({"final-recipient", "action", "status"})
KINDS = {
    "fail": Kind.BOUNCE,
    "delay": Kind.DELAYED,
    "defer": Kind.DELAYED,
    "deliver": Kind.DELIVERED,
    "relay": Kind.DELIVERED,
    "expand": Kind.DELIVERED,
}


def read_report(opened: Opened) -> list[Delivery]:
    """One delivery a recipient, the worst first; empty where the mail carries no report."""
    told = opened.reports.get("delivery") or _fields_in_text(opened)
    found = [_delivery(group, opened) for group in _groups(told)]
    if len(found) == 1 and not found[0].recipient:
        found = [_named(found[0], opened)]
    return worst_first(found)


def worst_first(deliveries: list[Delivery]) -> list[Delivery]:
    """Hard before policy before soft, then delays, then what arrived; each recipient once."""
    order = [Hardness.HARD, Hardness.POLICY, Hardness.SOFT]
    kinds = [Kind.BOUNCE, Kind.DELAYED, Kind.DELIVERED]

    def weight(one: Delivery) -> tuple[int, int]:
        return kinds.index(one.kind), order.index(one.hardness) if one.hardness else 0

    once: dict[str, Delivery] = {}
    for one in sorted(deliveries, key=weight):
        once.setdefault(one.recipient, one)
    return list(once.values())


def _fields_in_text(opened: Opened) -> str:
    """A report whose parts could not be told apart, or that stands in a plain text."""
    whole = f"{opened.text}\n{opened.returned}"
    start = START.search(whole)
    return whole[start.start() :] if start else ""


def _groups(text: str) -> list[dict[str, str]]:
    groups: list[dict[str, str]] = []
    group: dict[str, str] = {}
    for name, value in [*fields(text), ("", "")]:
        ends = not name and OPENS & group.keys()
        if ends or (name in group and name in OPENS):
            groups.append(group)
            group = {}
        if name and name not in group:
            group[name] = value
    complete = [g for g in groups if any(name in g for name in RECIPIENTS)]
    return complete or [g for g in groups if "action" in g or "status" in g][:1]


def _delivery(group: dict[str, str], opened: Opened) -> Delivery:
    recipient = next(
        (clean(group[name]) for name in RECIPIENTS if name in group and clean(group[name])), ""
    )
    said = without_type(group.get("diagnostic-code", ""))
    status = find_status(group.get("status", ""), said)
    kind = _kind(group.get("action", "").lower(), status, opened)
    cause = judge(status, said, opened.words) if kind is Kind.BOUNCE else None
    return Delivery(kind, recipient, status, said, cause)


def without_type(diagnostic: str) -> str:
    """A diagnostic without the kind of server before it: “smtp; 550 …” (RFC 3464, 2.3.6)."""
    return re.sub(r"^\s*[\w-]+\s*;\s*", "", diagnostic).strip()


def _kind(action: str, status: str, opened: Opened) -> Kind:
    for start, kind in KINDS.items():
        if action.startswith(start):
            return kind
    if status.startswith("2"):
        return Kind.DELIVERED
    waits = says("delayed subject", opened.subject) or says("delayed text", opened.words)
    return Kind.DELAYED if waits and not status.startswith("5") else Kind.BOUNCE


def _named(delivery: Delivery, opened: Opened) -> Delivery:
    """The same delivery with its recipient from elsewhere in the mail."""
    failed = failed_header(opened)
    recipient = failed[0] if failed else returned_to(opened) or verp(opened)
    return Delivery(delivery.kind, recipient, delivery.status, delivery.said, delivery.cause)
