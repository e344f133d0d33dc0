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


class Qualification(TextChoices):
    """How far somebody has looked into a company or person, whatever is sent to them."""

    NEW = "new", "New"
    RESEARCHED = "researched", "Researched"
    QUALIFIED = "qualified", "Qualified"
    DISQUALIFIED = "disqualified", "Disqualified"


class LeadStatus(TextChoices):
    """The stages of the pipeline, in order."""

    NEW = "new", "New"
    CONTACTED = "contacted", "Contacted"
    REPLIED = "replied", "Replied"
    INTERESTED = "interested", "Interested"
    NEGOTIATING = "negotiating", "Negotiating"
    WON = "won", "Won"
    LOST = "lost", "Lost"
    OPTED_OUT = "opted_out", "Opted out"


# Nothing is to be done about these any more.
CLOSED_LEADS = (LeadStatus.WON, LeadStatus.LOST, LeadStatus.OPTED_OUT)


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


class Deliverability(TextChoices):
    """Whether the domain of an e-mail address takes mail at all."""

    DELIVERABLE = "deliverable", "Takes mail"
    UNDELIVERABLE = "undeliverable", "Takes no mail"
    UNKNOWN = "unknown", "Could not be found out"


class PointState(TextChoices):
    UNVERIFIED = "unverified", "Unverified"
    VERIFIED = "verified", "Verified"
    UNDELIVERABLE = "undeliverable", "Undeliverable"


class Scored(TextChoices):
    """What is scored; there is one model for each."""

    LEAD = "lead", "Leads"
    CONTACT = "contact", "People"
    COMPANY = "company", "Companies"
