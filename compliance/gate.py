"""The one question asked before anything leaves: may this be sent, now, to this address?

A value in, a value out. Callers pass what they know of the person (all addresses, places, what
was said lately); the gate looks up what compliance keeps: suppressions, consents, do-not-call
lists and the rules in force, each once for a whole batch.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.conf import settings

from compliance import consent, rulebook, suppression, timing
from compliance.choices import ConsentPurpose
from compliance.dnc import lookup
from compliance.dnc.numbers import area_code_of
from compliance.email_law import EmailLaw, demanded
from compliance.grounds import grounds_of
from compliance.models import Consent, Suppression
from compliance.outbound import Decision, Outbound, Verdict
from compliance.rules import (
    addresses,
    consented,
    content,
    do_not_call,
    first_text,
    length,
    line,
    marketing_mail,
    suppressed,
)
from compliance.rules.consented import UNKNOWN, MailDemand
from compliance.rules.frequency import Recent
from compliance.zones import Place

# A telephone solicitation is a call or a text (47 CFR 64.1200(f)(15), (e)).
SOLICITING = frozenset({"sms", "phone"})


@dataclass(frozen=True, slots=True)
class Known:
    """What compliance keeps about the people of a batch."""

    suppressions: Mapping[str, Mapping[str, Suppression]]  # by channel, by address
    consents: Mapping[str, Sequence[Consent]]
    do_not_call: lookup.Answer


def check(outbound: Outbound) -> Verdict:
    """Judge one outbound; see `check_many`."""
    return check_many([outbound])[0]


def check_many(outbounds: Sequence[Outbound], *, grounds: bool = False) -> list[Verdict]:
    """Judge a batch with one look at each list; verdicts in the order asked.

    Every rule is asked and every refusal is reported, so that one look tells the whole story.
    What no rule understands (an unknown channel, an unknown place) is refused. With `grounds`
    the allowed verdicts say what they stood on, for the evidence.
    """
    known = _look_up(outbounds)
    verdicts = [_judge(outbound, known) for outbound in outbounds]
    if not grounds:
        return verdicts
    return [
        replace(verdict, grounds=_grounds(outbound, verdict, known)) if verdict.allowed else verdict
        for outbound, verdict in zip(outbounds, verdicts, strict=True)
    ]


def _grounds(outbound: Outbound, verdict: Verdict, known: Known) -> Mapping[str, str]:
    to = suppression.normalise(outbound.address_kind, outbound.to)
    given = known.consents.get(to, ()) if outbound.purpose == ConsentPurpose.MARKETING else ()
    mail = _mail_demand(outbound) if given else UNKNOWN
    covering = [
        one for one in given
        if not consented.refusals(
            outbound.channel, outbound.purpose, [one], settings.SELLER_NAME, outbound.at, to=to,
            mail=mail,
        )
    ]  # fmt: skip
    listed = to in known.do_not_call.listings
    return grounds_of(
        outbound,
        verdict,
        book=rulebook.current(outbound.at) if outbound.channel in timing.TIMED else None,
        mail_laws=_mail_laws(outbound),
        covering=covering,
        lists=known.do_not_call.proof(to) if listed else {},
    )


def _look_up(outbounds: Sequence[Outbound]) -> Known:
    by_channel = {
        channel: suppression.find(
            [pair for o in outbounds if o.channel == channel for pair in o.addresses],
            channel=channel,
        )
        for channel in {outbound.channel for outbound in outbounds}
    }
    selling = [o for o in outbounds if o.purpose == ConsentPurpose.MARKETING]
    asked = [(o.address_kind, o.to) for o in selling if o.address_kind]
    phones = [
        suppression.normalise(o.address_kind, o.to) for o in selling if o.channel in SOLICITING
    ]
    moment = max((o.at for o in selling), default=None)
    return Known(
        by_channel,
        consent.find(asked, moment) if asked else {},
        lookup.ask(phones, moment) if moment else lookup.Answer({}, {}),
    )


def _judge(outbound: Outbound, known: Known) -> Verdict:
    refusals = [
        *addresses.refusals(outbound.channel, outbound.to),
        *line.refusals(outbound.channel, outbound.to, outbound.line_type),
        *suppressed.refusals(
            outbound.addresses, known.suppressions[outbound.channel], to=outbound.to
        ),
        *(_words(outbound) if outbound.worded else ()),
        *_permission(outbound, known),
    ]
    timed = timing.judge(outbound)
    if timed.decision is Decision.REFUSED or refusals:
        curable = timed.decision is not Decision.REFUSED and _ours_to_cure(
            outbound, known, refusals
        )
        return Verdict(Decision.REFUSED, (*refusals, *timed.reasons), curable=curable)
    return timed


def _ours_to_cure(outbound: Outbound, known: Known, refusals: Sequence[str]) -> bool:
    """Whether all that speaks against it is that our own lists are missing or too old."""
    if not outbound.address_kind:
        return False
    area_code = area_code_of(suppression.normalise(outbound.address_kind, outbound.to))
    fresh = known.do_not_call.freshness.get(area_code or "")
    return fresh is not None and set(refusals) <= set(fresh.refusals)


def _words(outbound: Outbound) -> list[str]:
    """What must and what may not stand in it."""
    return [
        *content.refusals(outbound.channel, outbound.subject, outbound.body),
        *marketing_mail.refusals(
            outbound.channel, outbound.purpose, outbound.body, headers=dict(outbound.headers),
            seller=settings.SELLER_NAME, postal_address=settings.SELLER_POSTAL_ADDRESS,
            unsubscribe_url=outbound.unsubscribe_url, body_html=outbound.body_html,
        ),
        *first_text.refusals(
            outbound.channel, outbound.purpose, outbound.body, seller=settings.SELLER_NAME,
            is_first=outbound.first_text, links_allowed=settings.SMS_FIRST_TEXT_LINKS,
        ),
        *length.refusals(outbound.channel, outbound.body),
    ]  # fmt: skip


def _permission(outbound: Outbound, known: Known) -> list[str]:
    """Consent and do-not-call lists, which only bind what is to sell something."""
    if outbound.purpose != ConsentPurpose.MARKETING or not outbound.address_kind:
        return []
    to = suppression.normalise(outbound.address_kind, outbound.to)
    given = known.consents.get(to, ())
    refusals = consented.refusals(
        outbound.channel, outbound.purpose, given, settings.SELLER_NAME, outbound.at, to=to,
        mail=_mail_demand(outbound),
    )  # fmt: skip
    if outbound.channel in SOLICITING:
        agreed = not consented.refusals(
            "sms", outbound.purpose, given, settings.SELLER_NAME, outbound.at, to=to
        )
        refusals += do_not_call.refusals(
            to, known.do_not_call.listings, known.do_not_call.freshness, agreed
        )
    return refusals


def _mail_laws(outbound: Outbound) -> list[EmailLaw]:
    """The laws that speak of this mail; none of a request or an answer."""
    if outbound.channel != "email" or outbound.purpose != ConsentPurpose.MARKETING:
        return []
    laws = rulebook.email_laws(outbound.at)
    return [law for country in sorted(outbound.whereabouts.countries)
            for law in laws.get(country, ())]  # fmt: skip


def _mail_demand(outbound: Outbound) -> MailDemand:
    """What the laws of all of a mail's possible countries ask for together."""
    if outbound.channel != "email":
        return UNKNOWN
    laws = rulebook.email_laws(outbound.at)
    return demanded(outbound.whereabouts.countries, laws, to_company=outbound.to_company)


__all__ = ["Decision", "Outbound", "Place", "Recent", "Verdict", "check", "check_many"]
