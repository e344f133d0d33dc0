"""Who of a segment could not be written to as things stand, counted by reason before a campaign."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import StrIndex, Substr

from compliance.choices import ASKED, EmailLawBasis, SuppressionScope
from compliance.models import Consent, Suppression
from compliance.rulebook import email_laws
from crm.choices import PointKind, PointState
from crm.models import Contact, ContactPoint
from crm.segments.compile import where
from crm.segments.definition import Group

NEEDS_NO_CONSENT = frozenset({EmailLawBasis.OPT_OUT, EmailLawBasis.COMPANIES})
MOST_COUNTED = 200_000  # members; of more the campaign itself tells


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that keeps people out: how it is told, and whom it is true of (of a contact)."""

    code: str
    label: str
    holds: Callable[[], Q]


@dataclass(frozen=True, slots=True)
class Kept:
    """How many a reason keeps out; one person may have several."""

    label: str
    count: int


_reasons: dict[str, Reason] = {}


def register(reasons: Iterable[Reason]) -> None:
    """Add reasons; called in `AppConfig.ready`, also by the apps above."""
    for one in reasons:
        _reasons[one.code] = one


def count_left_out(group: Group, found: "QuerySet[Contact]", *, now: datetime) -> list[Kept]:
    """For every reason how many of those found it is true of, the erased beside; two queries.

    An estimate that never takes the place of the gate: domains above an address' own and hashes of
    erased people are looked up only when people are taken in.
    """
    counts = {code: Count("pk", filter=one.holds()) for code, one in _reasons.items()}
    told = found.order_by().aggregate(**counts)
    kept = [Kept(one.label, told[code]) for code, one in _reasons.items() if told[code]]
    erased = Contact.objects.exclude(erased_at=None).filter(where(group, now=now)).count()
    return [*kept, Kept("Erased: never found again", erased)] if erased else kept


def _suppressed(*, asked: bool) -> Q:
    standing = Suppression.objects.filter(lifted_at=None, scope=SuppressionScope.ALL)
    wanted = standing.filter(reason__in=ASKED) if asked else standing.exclude(reason__in=ASKED)
    points = ContactPoint.objects.filter(contact=OuterRef("pk"))
    own = points.filter(Exists(wanted.filter(address=OuterRef("value"))))
    domain = Substr(OuterRef("value"), StrIndex(OuterRef("value"), Value("@")) + 1)
    mails = points.filter(kind=PointKind.EMAIL)
    theirs = mails.filter(Exists(wanted.filter(address=domain)))
    return Q(Exists(own)) | Q(Exists(theirs))


def _without(kind: PointKind) -> Q:
    points = ContactPoint.objects.filter(contact=OuterRef("pk"), kind=kind)
    return ~Q(Exists(points.exclude(state=PointState.UNDELIVERABLE)))


def _without_consent() -> Q:
    """A country is told whose law on cold e-mail asks for a consent, or none is entered."""
    laws = email_laws()
    free = [code for code, own in laws.items() if {law.basis for law in own} <= NEEDS_NO_CONSENT]
    theirs = Q(country="") & ~Q(company__country="") & ~Q(company__country__in=free)
    mails = ContactPoint.objects.filter(contact=OuterRef("pk"), kind=PointKind.EMAIL)
    given = Consent.objects.filter(address=OuterRef("value"), revoked_at=None)
    closed = (~Q(country="") & ~Q(country__in=free)) | (theirs & Q(company__isnull=False))
    return closed & Q(Exists(mails)) & ~Q(Exists(mails.filter(Exists(given))))


def own_reasons() -> list[Reason]:
    """What crm and compliance know."""
    return [
        Reason("asked", "Opted out", lambda: _suppressed(asked=True)),
        Reason("suppressed", "Suppressed for another reason", lambda: _suppressed(asked=False)),
        Reason(
            "law",
            "Their country asks for consent to the first e-mail, and none is recorded",
            _without_consent,
        ),
        Reason("no_email", "No e-mail address that works", lambda: _without(PointKind.EMAIL)),
        Reason("no_phone", "No phone number", lambda: _without(PointKind.PHONE)),
    ]
