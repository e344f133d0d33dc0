"""May we: ask the gate about something nobody has written yet, and record a wish to stop."""

from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema
from ninja.errors import ValidationError
from pydantic import Field, StringConstraints

from compliance.addresses import BadAddressError, normalise
from compliance.choices import AddressKind, SuppressionScope
from compliance.gate import Place
from compliance.opt_outs import opt_out
from outreach.actors import name_of
from outreach.api.access import ApiKeyAuth, owner_of
from outreach.api.shapes import Line, Moment, Text
from outreach.opting_out import addresses_held, people_at
from outreach.outbounds import outbound_to
from outreach.sending.forecast import forecast

CHECK = ApiKeyAuth("compliance:read", "compliance.view_suppression")
STOP = ApiKeyAuth("compliance:write", "compliance.add_suppression")
router = Router(tags=["Compliance"])
State = Annotated[str, StringConstraints(pattern=r"^(?:[A-Za-z]{2})?$")]


class PlaceIn(Schema):
    """Where the person is, as far as it is known; empty parts are fine."""

    postal_code: Line = Field("", max_length=12)
    state: State = ""
    country: State = ""
    timezone: Line = Field("", max_length=64)
    county: Line = Field("", max_length=80)


class CheckIn(Schema):
    """What would be sent. Without `body` the rules about words are not asked.

    Without `place` what we hold of the person at this address counts.
    """

    channel: Literal["email", "sms", "phone", "whatsapp"]
    to: Line = Field(min_length=1, max_length=320)
    purpose: Literal["marketing", "inquiry", "answer"] = "marketing"
    at: Moment | None = None
    subject: Line = Field("", max_length=998)
    body: Text = Field("", max_length=20_000)
    place: PlaceIn | None = None


class CheckOut(Schema):
    """The verdict with every reason in words, and what it rests on."""

    channel: str
    to: str
    purpose: str
    at: datetime
    decision: Literal["allowed", "refused", "not_before"]
    allowed: bool
    reasons: list[str]
    not_before: datetime | None
    deadline: datetime | None
    jurisdictions: list[str]
    local_times: dict[str, str]
    unsure: str
    line: str
    segments: int | None


class OptOutIn(Schema):
    """Somebody asked us to stop, wherever that was heard; `words` are their own."""

    address: Line = Field(min_length=3, max_length=320)
    words: Text = Field("", max_length=2000)
    source: Line = Field("API", max_length=120)
    received_at: Moment | None = None
    channel: Literal["all", "email", "sms", "whatsapp", "phone"] = "all"


class OptOutOut(Schema):
    """What the wish did: nothing leaves to these addresses any more."""

    suppressed: list[str]
    cancelled: int
    consents_ended: int


@router.post("/compliance/check", response=CheckOut, auth=CHECK, operation_id="compliance_check")
def check(request: HttpRequest, body: CheckIn) -> dict[str, Any]:
    """Ask the gate. Nothing is sent, nothing is written."""
    place = body.place
    known = (
        Place(
            place.postal_code, place.state.upper(), place.country.upper(), place.timezone,
            place.county,
        )
        if place
        else None
    )  # fmt: skip
    outbound = outbound_to(
        body.channel, body.to, at=body.at, purpose=body.purpose, subject=body.subject,
        body=body.body, place=known,
    )  # fmt: skip
    return forecast(outbound).as_data()


@router.post("/compliance/optout", response=OptOutOut, auth=STOP, operation_id="compliance_optout")
def stop(request: HttpRequest, body: OptOutIn) -> dict[str, Any]:
    """Suppress every address of the person and cancel what waits, in one transaction."""
    received_at = body.received_at or timezone.now()
    if received_at > timezone.now():
        raise ValidationError([{"loc": ["received_at"], "msg": "It is in the future."}])
    kind = AddressKind.EMAIL if "@" in body.address else AddressKind.PHONE
    try:
        pair = (str(kind), normalise(kind, body.address))
    except BadAddressError as error:
        raise ValidationError([{"loc": ["address"], "msg": str(error)}]) from error
    others = addresses_held(people_at([pair])) - {pair}
    done = opt_out(
        [pair, *sorted(others)], words=body.words, source=body.source or "API",
        received_at=received_at, actor=name_of(owner_of(request)),
        scope=SuppressionScope(body.channel),
    )  # fmt: skip
    return {
        "suppressed": sorted(row.address for row in done.rows),
        "cancelled": done.cancelled,
        "consents_ended": done.consents_ended,
    }
