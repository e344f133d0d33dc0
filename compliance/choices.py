"""The words compliance uses for channels, address kinds, scopes and reasons."""

from django.db.models import TextChoices


class AddressKind(TextChoices):
    EMAIL = "email", "E-mail address"
    PHONE = "phone", "Phone number"
    DOMAIN = "domain", "E-mail domain"


class LineType(TextChoices):
    """What a number is; `line_types.WHAT_FOLLOWS` says what the gate makes of it."""

    UNKNOWN = "unknown", "Not known"
    MOBILE = "mobile", "Mobile"
    LANDLINE = "landline", "Landline"
    VOIP = "voip", "VoIP"


class SuppressionScope(TextChoices):
    """All, or one channel of the gate's."""

    ALL = "all", "All channels"
    EMAIL = "email", "E-mail"
    SMS = "sms", "SMS"
    WHATSAPP = "whatsapp", "WhatsApp"
    PHONE = "phone", "Phone calls"


class SuppressionReason(TextChoices):
    OPT_OUT = "opt_out", "Opted out"
    UNSUBSCRIBED = "unsubscribed", "Unsubscribed by link"
    HARD_BOUNCE = "hard_bounce", "Hard bounce"
    COMPLAINT = "complaint", "Complaint"
    AMBIGUOUS = "ambiguous", "Held: may be an opt-out"
    MANUAL = "manual", "Entered by hand"
    ERASURE = "erasure", "Asked to be erased"


# The person said so; whatever else stood there before gives way to it.
ASKED = frozenset(
    {
        SuppressionReason.OPT_OUT,
        SuppressionReason.UNSUBSCRIBED,
        SuppressionReason.COMPLAINT,
        SuppressionReason.ERASURE,
    }
)
# What is meant of the person, whichever address it was said about; a bounce is of one address.
WISHES = ASKED | {SuppressionReason.AMBIGUOUS, SuppressionReason.MANUAL}


class Confidence(TextChoices):
    """How well a legal fact is known; only counsel's word ends the doubt."""

    COUNSEL = "counsel", "Confirmed by counsel"
    PRIMARY = "verified-primary", "Statute or official page read"
    SECONDARY = "verified-secondary", "Secondary page read"
    KNOWLEDGE = "knowledge", "General knowledge, unchecked"
    OWN = "own", "Our own rule"


class EmailLawBasis(TextChoices):
    """What becomes of marketing to somebody who never agreed to it, by their country's law."""

    OPT_OUT = "opt_out", "Allowed until they say no"
    COMPANIES = "companies", "Allowed to companies only"
    IMPLIED = "implied", "Needs consent, given or implied"
    OPT_IN = "opt_in", "Refused until they agree"


class TextsCovered(TextChoices):
    YES = "yes", "Yes"
    NO = "no", "No"
    UNCLEAR = "unclear", "Unclear"


class DncFileStatus(TextChoices):
    """Where the import of one file stands."""

    QUEUED = "queued", "Queued"
    LOADING = "loading", "Loading"
    LOADED = "loaded", "Loaded"
    WAITING = "waiting", "Waits for a decision"
    FAILED = "failed", "Refused"


class DncStatus(TextChoices):
    """Where one version of a list stands; only an active one is asked."""

    LOADING = "loading", "Loading"
    WAITING = "waiting", "Waits for a decision"
    ACTIVE = "active", "In force"
    SUPERSEDED = "superseded", "Superseded"
    FAILED = "failed", "Refused"


class ConsentKind(TextChoices):
    """What a permission rests on, from the strongest to the weakest."""

    WRITTEN = "written", "Written and signed"
    ORAL = "oral", "Spoken"
    EXISTING_BUSINESS = "existing_business", "Existing business relationship"
    INQUIRY = "inquiry", "Inquiry of theirs"
    PUBLICLY_LISTED = "publicly_listed", "Address published for this purpose"


EXPRESS = frozenset({ConsentKind.WRITTEN, ConsentKind.ORAL})


class ConsentPurpose(TextChoices):
    MARKETING = "marketing", "Marketing"
    INFORMATION = "information", "Information only"


class AffirmativeAct(TextChoices):
    """What the person did; a box that was ticked for them is none."""

    CHECKBOX = "checkbox", "Ticked a box"
    SIGNATURE = "typed_signature", "Typed or drew a signature"
    KEYWORD = "keyword", "Texted a keyword"
    REPLY = "reply", "Replied"
    PAPER = "paper", "Signed on paper"
    SPOKEN = "spoken", "Said so"
    NONE = "none", "Nothing: it follows from the relationship"


SIGNED = frozenset(
    {
        AffirmativeAct.CHECKBOX,
        AffirmativeAct.SIGNATURE,
        AffirmativeAct.KEYWORD,
        AffirmativeAct.REPLY,
        AffirmativeAct.PAPER,
    }
)


class ConsentChannel(TextChoices):
    EMAIL = "email", "E-mail"
    SMS = "sms", "SMS"
    WHATSAPP = "whatsapp", "WhatsApp"
    PHONE = "phone", "Phone calls"
