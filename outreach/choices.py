"""The words of campaigns and messages, with the groups of states the rooms ask about."""

from django.db.models import TextChoices


class CampaignKind(TextChoices):
    RFQ = "rfq", "Request to vendors"
    SEQUENCE = "sequence", "Sequence"


class Voice(TextChoices):
    REFERRAL_NETWORK = "referral_network", "Referral network"
    THOUGHT_LEADERSHIP = "thought_leadership", "Thought leadership"
    STEALTH_FOUNDER = "stealth_founder", "Stealth founder"
    HOME_OWNER = "home_owner", "Home owner"


class CampaignStatus(TextChoices):
    DRAFT = "draft", "Draft"
    ACTIVE = "active", "Active"
    PAUSED = "paused", "Paused"
    COMPLETED = "completed", "Completed"
    CANCELLED = "cancelled", "Cancelled"


class ApprovalPolicy(TextChoices):
    EVERY_MESSAGE = "every_message", "A person approves every message"
    FIRST_N = "first_n", "A person approves the first messages"


class Channel(TextChoices):
    EMAIL = "email", "E-mail"
    SMS = "sms", "SMS"
    WHATSAPP = "whatsapp", "WhatsApp"
    PHONE = "phone", "Phone"
    WEB_FORM = "web_form", "Web form"
    SOCIAL = "social", "Social network"


MANUAL_CHANNELS = frozenset({Channel.WHATSAPP, Channel.PHONE, Channel.WEB_FORM, Channel.SOCIAL})
MACHINE_CHANNELS = frozenset({Channel.EMAIL, Channel.SMS})


class Direction(TextChoices):
    OUTBOUND = "outbound", "Outbound"
    INBOUND = "inbound", "Inbound"


class MessageKind(TextChoices):
    FIRST = "first", "First contact"
    FOLLOW_UP = "follow_up", "Follow-up"
    NEGOTIATION = "negotiation", "Negotiation"
    ANSWER = "answer", "Answer"
    REPLY = "reply", "Reply"
    AUTO_REPLY = "auto_reply", "Automatic reply"
    HELP = "help", "Asked for help"  # by the keyword, and told at once: no answer to what we wrote
    BOUNCE = "bounce", "Bounce"
    COMPLAINT = "complaint", "Complaint"
    LOGGED = "logged", "Logged by hand"


class MessageStatus(TextChoices):
    DRAFT = "draft", "Draft"
    EA_REVIEW = "ea_review", "To review"
    APPROVED = "approved", "Approved"
    SENDING = "sending", "Sending"
    SENT = "sent", "Sent"
    DELIVERED = "delivered", "Delivered"
    REPLIED = "replied", "Replied"
    BOUNCED = "bounced", "Bounced"
    COMPLAINED = "complained", "Complained"
    FAILED = "failed", "Failed"
    UNCERTAIN = "uncertain", "Uncertain"
    SKIPPED = "skipped", "Skipped"
    CANCELLED = "cancelled", "Cancelled"
    RECEIVED = "received", "Received"
    PROCESSED = "processed", "Processed"
    NEEDS_ATTENTION = "needs_attention", "Needs attention"


# What we begin ourselves: a reply that comes in ends it, where an answer still may go.
TOUCHES = frozenset({MessageKind.FIRST, MessageKind.FOLLOW_UP})

# Groups the rooms ask about. A message "used" a contact of the budget once it was let go.
EDITABLE = frozenset({MessageStatus.DRAFT, MessageStatus.EA_REVIEW, MessageStatus.APPROVED})
CANCELLABLE = frozenset({MessageStatus.DRAFT, MessageStatus.EA_REVIEW, MessageStatus.APPROVED})
HANDED_OVER = frozenset(
    {
        MessageStatus.SENT,
        MessageStatus.DELIVERED,
        MessageStatus.REPLIED,
        MessageStatus.BOUNCED,
        MessageStatus.COMPLAINED,
        MessageStatus.UNCERTAIN,
    }
)
BUDGET_USED = HANDED_OVER | {MessageStatus.APPROVED, MessageStatus.SENDING}


class EnrollmentStatus(TextChoices):
    PENDING = "pending", "Pending"
    ACTIVE = "active", "Awaiting reply"
    REPLIED = "replied", "Replied"
    HANDED_OVER = "handed_over", "With a person"
    COMPLETED = "completed", "Completed"
    STOPPED = "stopped", "Stopped"


UNDER_WAY = frozenset({EnrollmentStatus.PENDING, EnrollmentStatus.ACTIVE})


class AttemptOutcome(TextChoices):
    STARTED = "started", "Started"
    SENT = "sent", "Handed over"
    TEMPORARY = "temporary", "Temporary failure"
    PERMANENT = "permanent", "Permanent failure"
    REFUSED = "refused", "Refused by the gate"
    HELD = "held", "Held"
    ABANDONED = "abandoned", "Worker lost before hand-over"
    UNCERTAIN = "uncertain", "Unknown whether taken"


class EventKind(TextChoices):
    INBOUND = "inbound", "Inbound mail"
    TRACKING = "tracking", "Tracking"


class EventStatus(TextChoices):
    RECEIVED = "received", "Received"
    PROCESSING = "processing", "Processing"
    PROCESSED = "processed", "Processed"
    NEEDS_ATTENTION = "needs_attention", "Needs attention"
    DISMISSED = "dismissed", "Dismissed"


class TalkState(TextChoices):
    """Where the conversation of an enrollment stands; moves only by `conversations.states`."""

    AWAITING = "awaiting", "Awaiting reply"
    REPLIED = "replied", "Replied"
    TAKEN_OVER = "taken_over", "With a person"
    CLOSED = "closed", "Closed"


class Outcome(TextChoices):
    WON = "won", "Won"
    LOST = "lost", "Lost"
    COLD = "cold", "Cold"
    OPTED_OUT = "opted_out", "Opted out"


class AnswerLanguage(TextChoices):
    """Languages in which answers are kept and composed without a model."""

    ENGLISH = "en", "English"
    SPANISH = "es", "Spanish"
    RUSSIAN = "ru", "Russian"


class ReplyIntent(TextChoices):
    """What a reply wants, or which machine wrote it."""

    INTERESTED = "interested", "Interested"
    QUESTION = "question", "Question"
    NOT_INTERESTED = "not_interested", "Not interested"
    DEFERRAL = "deferral", "Later"
    REFERRAL = "referral", "Names somebody else"
    WRONG_PERSON = "wrong_person", "Wrong person"
    OPT_OUT = "opt_out", "Wants us to stop"
    COMPLAINT = "complaint", "Complaint"
    OUT_OF_OFFICE = "out_of_office", "Out of office"
    AUTO_REPLY = "auto_reply", "Automatic reply"
    BOUNCE = "bounce", "Bounce"
    UNKNOWN = "unknown", "Unclear"


class ReplyAction(TextChoices):
    """What the desk may do about a reply; each is done by `conversations.effects`."""

    OPT_OUT = "opt_out", "Stop at once: they asked us to"
    STOP_PERSON = "stop_person", "Stop everything for this person"
    TELL_ADMIN = "tell_admin", "Tell the administrators"
    ESCALATE = "escalate", "Hand to a person now"
    TELL_OWNER = "tell_owner", "Tell its owner"
    ASK_PERSON = "ask_person", "Let a person look"
    DRAFT_ANSWER = "draft_answer", "Draft an answer"
    RESUME = "resume", "Go on with the sequence on their date"
    REMIND = "remind", "Remind a person on their date"
    PROPOSE_CONTACT = "propose_contact", "Propose the person they name"
    THANK = "thank", "Draft a thank-you"
    MARK_WRONG = "mark_wrong", "Mark as the wrong person"
    FIND_CONTACT = "find_contact", "Look for the right person"
    CLOSE_COLD = "close_cold", "Close as cold"
    LEAVE = "leave", "Nothing more: it is read as an offer"


class ProposalKind(TextChoices):
    NAMED = "named", "Named by somebody we wrote to"
    TO_FIND = "to_find", "To be found"


class ParticipantRole(TextChoices):
    WROTE = "wrote", "Wrote"
    TO = "to", "Written to"
    CC = "cc", "Copied in"


class ProposalStatus(TextChoices):
    OPEN = "open", "Waits for a decision"
    ACCEPTED = "accepted", "Taken in"
    DECLINED = "declined", "Declined"
