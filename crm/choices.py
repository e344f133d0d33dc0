"""The words of people, companies and requests."""

from django.db.models import TextChoices

from compliance.choices import AddressKind


class Tier(TextChoices):
    COMMODITY = "commodity", "Commodity"
    CONSIDERED = "considered", "Considered"
    SERVICE = "service", "Service"
    BESPOKE = "bespoke", "Bespoke"
    HIGH_VALUE = "high_value", "High value"


class CompanyKind(TextChoices):
    VENDOR = "vendor", "Vendor"
    PROSPECT = "prospect", "Prospect"
    CLIENT = "client", "Client"


class PointKind(TextChoices):
    EMAIL = "email", "E-mail"
    PHONE = "phone", "Phone"
    WHATSAPP = "whatsapp", "WhatsApp"
    WEB_FORM = "web_form", "Web form"
    SOCIAL = "social", "Social profile"


# How compliance sees them; a web form is nobody's address.
ADDRESS_KINDS = {
    PointKind.EMAIL: AddressKind.EMAIL,
    PointKind.PHONE: AddressKind.PHONE,
    PointKind.WHATSAPP: AddressKind.PHONE,
}


class PointState(TextChoices):
    UNVERIFIED = "unverified", "Unverified"
    VERIFIED = "verified", "Verified"
    UNDELIVERABLE = "undeliverable", "Undeliverable"
