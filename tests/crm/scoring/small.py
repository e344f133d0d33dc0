"""A small scoring model and some leads to try it on."""

from typing import Any

from crm.models import Contact, Lead, Property


def signal(name: str, points: float, **asks: Any) -> dict[str, Any]:
    """A signal; without a question it looks for its own name in the role."""
    asks.setdefault("fields", ["contact.role"])
    if len(asks) == 1:
        asks["keywords"] = [name]
    return {"name": name, "label": name.capitalize(), "points": points, **asks}


def group(name: str, part: str, cap: float, *signals: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": name, "label": name.capitalize(), "part": part, "cap": cap,
        "signals": list(signals),
    }  # fmt: skip


def model(*groups: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """A definition of 100 points where only fit has a weight, unless told otherwise."""
    return {
        "parts": {
            "fit": {"weight": 1, "max": 100},
            "referral_capacity": {"weight": 0, "max": 1},
            "signal_strength": {"weight": 0, "max": 1},
        },
        "tiers": [{"name": "A", "at_least": 43}, {"name": "B+", "at_least": 38}],
        "below": "B",
        "groups": list(groups) or [group("role", "fit", 100, signal("owner", 50))],
        **changes,
    }


def make_leads(count: int, *, reason: str = "foreclosure", **values: Any) -> list[Lead]:
    """Leads about properties in Orange County, each with an owner nobody has written to."""
    start = Property.objects.count()
    return [
        Lead.objects.create(
            contact=Contact.objects.create(name=f"Owner {n}", role="Owner"),
            property=Property.objects.create(
                parcel_id=str(n), county="Orange", state="FL", distress_reason=reason
            ),
            **values,
        )
        for n in range(start, start + count)
    ]
