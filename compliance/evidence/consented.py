"""The consents of a person, as records with everything that proves them."""

from collections.abc import Iterator, Sequence

from compliance import rulebook
from compliance.addresses import as_heard
from compliance.choices import ConsentChannel
from compliance.email_law import lasting
from compliance.evidence.document import Line, Person, Record
from compliance.evidence.moments import moment
from compliance.models import Consent


def consents_of(person: Person) -> list[Consent]:
    """Every consent for one of the addresses, ended ones too."""
    wanted = {as_heard(kind, address) for kind, address in person.addresses}
    return list(Consent.objects.filter(address__in=wanted).order_by("given_at", "pk"))


def rows_of(person: Person) -> Iterator[tuple[str, str]]:
    """The consents as rows the ledger may speak of."""
    for consent in consents_of(person):
        yield (consent._meta.label_lower, str(consent.pk))


def consent_records(person: Person, lines: Sequence[Line]) -> Iterator[Record]:
    """One record a consent; of those put away their number alone to who may not see them."""
    for consent in consents_of(person):
        if consent.restricted_at and not person.put_away:
            yield Record(
                section="consent",
                at=consent.restricted_at,
                title="A consent was put away when its person was erased",
                answers={"consent_id": str(consent.pk)},
                source=f"{consent._meta.label_lower} {consent.pk}",
            )
            continue
        yield Record(
            section="consent",
            at=consent.given_at,
            title=f"{consent.get_kind_display()} for {consent.address}",
            answers=_answers(consent),
            source=f"{consent._meta.label_lower} {consent.pk}",
        )


def _answers(consent: Consent) -> dict[str, str]:
    file = consent.evidence_name if consent.evidence else ""
    ended = f"{moment(consent.revoked_at)} by {consent.revoked_by}" if consent.revoked_at else ""
    return {
        "consent_id": str(consent.pk),
        "person_name": consent.person_name,
        "address": consent.address,
        "seller_named": consent.seller,
        "channel_scope": ", ".join(ConsentChannel(name).label for name in consent.channels),
        "purpose_scope": consent.get_purpose_display(),
        "level": _level(consent),
        "disclosure_text": consent.text,
        "disclosure_sha256": consent.text_hash if consent.text else "",
        "not_condition_of_purchase_shown": _yes(consent.not_condition_shown),
        "autodialer_wording_shown": _yes(consent.automation_shown),
        "affirmative_act": consent.get_affirmative_act_display(),
        "signature": file,
        "source_url": consent.page_url or consent.source,
        "form_id": consent.form,
        "ip": consent.ip or "",
        "user_agent": consent.user_agent,
        "jurisdiction_basis": "; ".join(
            f"{law.country} ({law.citation}): {words}"
            for law, words in lasting(consent.kind, consent.given_at, rulebook.email_laws())
            if ConsentChannel.EMAIL in consent.channels
        ),
        "captured_at_utc": moment(consent.given_at),
        "lead_vendor": consent.collected_by,
        "expires_at": moment(consent.expires_at) if consent.expires_at else "",
        "revoked_at": f"{ended} {consent.revoke_reason}".strip(),
    }


def _level(consent: Consent) -> str:
    kind = consent.get_kind_display()
    return f"{kind}, concerning their work" if consent.concerns_role else kind


def _yes(shown: bool) -> str:
    return "Yes" if shown else "No"
