"""Who allowed us to write, to which address, in which words: kept as evidence."""

from typing import Any

from django.db import models
from django.utils import timezone
from uuid_utils.compat import uuid7

from compliance.choices import AddressKind, AffirmativeAct, ConsentKind, ConsentPurpose

# What may happen to a record after it was written; everything else is evidence.
CHANGEABLE = frozenset({"revoked_at", "revoked_by", "revoke_reason", "restricted_at"})
ADDRESS_KINDS = [choice for choice in AddressKind.choices if choice[0] != AddressKind.DOMAIN]


def evidence_path(consent: "Consent", _filename: str) -> str:
    """Stored under the record's id: the uploaded name never reaches the file system."""
    return f"consents/{consent.id}"


class Consent(models.Model):
    """One permission for one address; `channels` is a list of ConsentChannel values.

    The fields answer what 16 CFR 310.5(a)(8) and 47 CFR 64.1200(f)(9) ask for. `restricted_at`
    marks evidence of a person who was erased: kept for claims (GDPR Art. 17(3)(e)), out of sight.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    address_kind = models.CharField(max_length=10, choices=ADDRESS_KINDS)
    address = models.CharField(max_length=320)
    person_name = models.CharField(max_length=160, blank=True)
    kind = models.CharField(max_length=20, choices=ConsentKind)
    channels = models.JSONField(default=list)
    purpose = models.CharField(
        max_length=12, choices=ConsentPurpose, default=ConsentPurpose.MARKETING
    )
    seller = models.CharField(
        max_length=160, blank=True, help_text="Whom the text names as the one who will write."
    )
    text = models.TextField(blank=True, help_text="The words shown or said, exactly.")
    text_hash = models.CharField(max_length=64, editable=False, help_text="SHA-256 of the words.")
    automation_shown = models.BooleanField(
        default=False,
        help_text="The words say that marketing may be sent by an automated system.",
    )
    not_condition_shown = models.BooleanField(
        default=False, help_text="The words say that consent is no condition of a purchase."
    )
    concerns_role = models.BooleanField(
        default=False,
        help_text="Of a published address: what we write concerns this person’s work, and no word "
        "beside the address refuses such mail.",
    )
    affirmative_act = models.CharField(
        max_length=16, choices=AffirmativeAct, default=AffirmativeAct.NONE
    )
    source = models.CharField(max_length=120, help_text="Where: web form, fair, phone call.")
    page_url = models.URLField(max_length=500, blank=True)
    form = models.CharField(max_length=120, blank=True, help_text="Which form, which version.")
    collected_by = models.CharField(
        max_length=160, blank=True, help_text="Who collected it, where that was not us."
    )
    given_at = models.DateTimeField()
    ip = models.GenericIPAddressField("IP address", null=True, blank=True)
    user_agent = models.TextField(blank=True)
    evidence = models.FileField(
        upload_to=evidence_path, blank=True, help_text="A screenshot, a signed page, a recording."
    )
    evidence_name = models.CharField(max_length=255, blank=True, editable=False)
    expires_at = models.DateTimeField(
        null=True, blank=True, help_text="Empty: for as long as the law lets it stand."
    )
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)
    recorded_by = models.CharField(max_length=150, editable=False)
    revoked_at = models.DateTimeField(null=True, blank=True, editable=False)
    revoked_by = models.CharField(max_length=150, blank=True, editable=False)
    revoke_reason = models.CharField(max_length=300, blank=True, editable=False)
    restricted_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["-given_at", "id"]
        permissions = [
            ("revoke_consent", "Can revoke consents"),
            ("view_restricted_consent", "Can see the consents of erased people"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["address_kind", "address", "seller", "given_at", "text_hash"],
                name="consent_recorded_once",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="written") | (~models.Q(seller="") & ~models.Q(text="")),
                name="written_consent_has_seller_and_text",
            ),
            models.CheckConstraint(
                condition=models.Q(revoked_at__isnull=True) | ~models.Q(revoked_by=""),
                name="consent_revoked_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=["address"], name="consent_address")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.address}, {self.given_at:%d %b %Y}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        changed = set(kwargs.get("update_fields") or ())
        if not self._state.adding and not (changed and changed <= CHANGEABLE):
            raise TypeError("A consent is evidence: revoke it and record a new one.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        raise TypeError("A consent is evidence and is never deleted.")
