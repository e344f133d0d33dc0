"""Campaigns, threads, messages and everything that records how they went."""

from outreach.models.absence import Absence
from outreach.models.ai_run import AiRun
from outreach.models.alert import Alert, AlertDelivery
from outreach.models.api_key import ApiKey
from outreach.models.approval import Approval
from outreach.models.attachment import Attachment
from outreach.models.attempt import Attempt
from outreach.models.campaign import Campaign
from outreach.models.conversation import Conversation
from outreach.models.decision_rule import DecisionRule, Rulebook
from outreach.models.draft_order import DraftOrder
from outreach.models.duty import HandoffPolicy, StaffDuty
from outreach.models.enrollment import Enrollment
from outreach.models.heartbeat import WorkerHeartbeat
from outreach.models.knowledge import KnowledgeEntry
from outreach.models.mailbox import Mailbox
from outreach.models.marketing_touch import MarketingTouch
from outreach.models.message import Message
from outreach.models.participant import Participant
from outreach.models.policy import OutreachPolicy
from outreach.models.proposal import ContactProposal
from outreach.models.provider_event import ProviderEvent
from outreach.models.reading import MessageReading
from outreach.models.sequence import Sequence, SequenceVersion
from outreach.models.stored_answer import StoredAnswer
from outreach.models.throttle import ThrottleWindow
from outreach.models.webhook import DeliveryStatus, WebhookDelivery, WebhookEndpoint
from outreach.models.weekly_cadence import WeeklyCadence

__all__ = [
    "Absence",
    "AiRun",
    "Alert",
    "AlertDelivery",
    "ApiKey",
    "Approval",
    "Attachment",
    "Attempt",
    "Campaign",
    "ContactProposal",
    "Conversation",
    "DecisionRule",
    "DeliveryStatus",
    "DraftOrder",
    "Enrollment",
    "HandoffPolicy",
    "KnowledgeEntry",
    "Mailbox",
    "MarketingTouch",
    "Message",
    "MessageReading",
    "OutreachPolicy",
    "Participant",
    "ProviderEvent",
    "Rulebook",
    "Sequence",
    "SequenceVersion",
    "StaffDuty",
    "StoredAnswer",
    "ThrottleWindow",
    "WebhookDelivery",
    "WebhookEndpoint",
    "WeeklyCadence",
    "WorkerHeartbeat",
]
