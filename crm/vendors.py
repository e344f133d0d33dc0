"""Which vendors suit a request, best first with the reasons, and what their answers teach us."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Prefetch, QuerySet
from django.utils import timezone

from compliance import suppression
from crm.categories.schema import FieldType
from crm.choices import ADDRESS_KINDS, CompanyKind, PointKind, PointState
from crm.models import Company, Contact, ContactPoint, Request
from crm.places import covers, describe_airport

REGION_WEIGHT, RATE_WEIGHT, SPEED_WEIGHT = 50, 35, 15
# A vendor never asked before counts as one who answered half of two requests.
PRIOR_ASKED, PRIOR_ANSWERED = 2, 1
# How much one answer moves the learned time: old answers fade, one slow day does not dominate.
LEARNING_RATE = 0.3
MOST_SHOWN = 50  # vendors a page lists to choose from


@dataclass(frozen=True, slots=True)
class VendorMatch:
    """A vendor for a request: whom to write to, at which address, and why; `score` 0 to 100."""

    company: Company
    contact: Contact
    point: ContactPoint
    score: float
    reasons: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Fit:
    """A score with its reasons; `score` None: not for this request."""

    score: float | None
    reasons: list[str]


def vendors_for(request: Request) -> tuple[list[VendorMatch], list[Company]]:
    """Active vendors of the request's category who serve its places; who of them has no address.

    Best first: region, then how often and how fast they answer; four queries however many. The
    second list would suit but has no usable address.
    """
    if request.category is None:
        return [], []
    places = places_of(request)
    matches: list[VendorMatch] = []
    unreachable: list[Company] = []
    vendors = list(_candidates(request))
    blocked = _blocked_points(vendors)
    for company in vendors:
        fit = judge(company, places, category=request.category.name)
        reached = _address(company, blocked)
        if fit.score is None:
            continue
        if reached is None:
            unreachable.append(company)
            continue
        contact, point = reached
        matches.append(VendorMatch(company, contact, point, fit.score, fit.reasons))
    matches.sort(key=lambda match: (-match.score, match.company.name))
    return matches, unreachable


def places_of(request: Request) -> list[str]:
    """The places and airport codes of a request's constraints."""
    if request.category is None:
        return []
    wanted = {FieldType.AIRPORT, FieldType.PLACE}
    names = [s.name for s in request.category.schema.used_in("brief") if s.type in wanted]
    return [str(request.constraints[n]) for n in names if request.constraints.get(n)]


def _candidates(request: Request) -> QuerySet[Company]:
    contacts = Contact.objects.order_by("-is_primary", "created_at").prefetch_related("points")
    return (
        Company.objects.filter(kind=CompanyKind.VENDOR, active=True, categories=request.category)
        .distinct()
        .prefetch_related(Prefetch("contacts", queryset=contacts))
    )


def judge(company: Company, places: Sequence[str], *, category: str) -> Fit:
    """How well a vendor of the category fits these places, in points and in words."""
    share, region_reason = _region(company.regions, places)
    if share is None:
        return Fit(None, [region_reason])
    rate = (company.times_replied + PRIOR_ANSWERED) / (company.times_contacted + PRIOR_ASKED)
    hours = company.response_hours
    speed = 0.5 if hours is None else 1 / (1 + hours / 12)
    score = REGION_WEIGHT * share + RATE_WEIGHT * min(1, rate) + SPEED_WEIGHT * speed
    reasons = [f"Offers {category.lower()}", region_reason, *_history(company)]
    return Fit(round(score, 1), [reason for reason in reasons if reason])


def _region(regions: Sequence[str], places: Sequence[str]) -> tuple[float | None, str]:
    if not regions:
        return 0.6, "Works everywhere"
    if not places:
        return 0.5, f"Serves {', '.join(regions[:3])}"
    served: dict[str, str] = {}
    uncertain = False
    for place in places:
        verdicts = {region: covers(region, place) for region in regions}
        hit = next((region for region, verdict in verdicts.items() if verdict), None)
        if hit:
            served[place] = hit
        uncertain = uncertain or None in verdicts.values()
    if served:
        place, region = next(iter(served.items()))
        name = describe_airport(place)
        same = region.lower() in name.lower()
        words = f"Serves {name}" if same else f"Serves {region}, where {name} lies"
        return 0.6 + 0.4 * len(served) / len(places), words
    if uncertain:
        return 0.3, f"Says it serves {', '.join(regions[:3])}"
    return None, f"Serves {', '.join(regions[:3])} only"


def _history(company: Company) -> list[str]:
    if not company.times_contacted:
        return ["Not asked before"]
    said = [f"Answered {company.times_replied} of {company.times_contacted} requests"]
    if company.response_hours is not None:
        said.append(f"usually within {_hours(company.response_hours)}")
    return [", ".join(said)]


def _hours(hours: float) -> str:
    if hours < 1:
        return "an hour"
    if hours < 48:
        return f"{hours:.0f} hours" if hours >= 1.5 else "an hour"
    return f"{hours / 24:.0f} days"


def _blocked_points(vendors: Sequence[Company]) -> set[str]:
    """The addresses among them that must not be contacted on any channel or by e-mail."""
    addresses = [
        (ADDRESS_KINDS[PointKind(point.kind)], point.value)
        for company in vendors
        for contact in company.contacts.all()
        for point in contact.points.all()
        if point.kind in ADDRESS_KINDS
    ]
    return set(suppression.find(addresses, channel="email")) if addresses else set()


def _address(company: Company, blocked: set[str]) -> tuple[Contact, ContactPoint] | None:
    """The contact and address to use: the preferred channel first, then e-mail, then any."""
    usable = [
        (contact, point)
        for contact in company.contacts.all()
        for point in contact.points.all()
        if point.state != PointState.UNDELIVERABLE and point.value.lower() not in blocked
    ]
    order = {company.preferred_channel: 0, PointKind.EMAIL.value: 1}
    usable.sort(key=lambda pair: (order.get(pair[1].kind, 2), not pair[1].preferred))
    return usable[0] if usable else None


def record_contacted(companies: Mapping[Any, int]) -> None:
    """Count first contacts made, by company id; called when a first message has gone out."""
    by_times: dict[int, list[Any]] = {}
    for company_id, times in companies.items():
        by_times.setdefault(times, []).append(company_id)
    now = timezone.now()
    for times, ids in by_times.items():
        Company.objects.filter(pk__among=ids).update(
            times_contacted=F("times_contacted") + times, updated_at=now
        )


@transaction.atomic
def record_response(company: Company, *, asked_at: datetime, answered_at: datetime) -> float:
    """Learn from a vendor's first answer to a request; returns the new usual time in hours.

    Called once an enrollment, by whoever hears the reply. The company row is locked so that two
    answers at once both count.
    """
    locked = Company.objects.select_for_update().get(pk=company.pk)
    hours = max(0.0, (answered_at - asked_at).total_seconds() / 3600)
    known = locked.response_hours
    learned = hours if known is None else known + LEARNING_RATE * (hours - known)
    Company.objects.filter(pk=company.pk).update(
        times_replied=F("times_replied") + 1,
        response_hours=learned,
        updated_at=timezone.now(),
    )
    return learned
