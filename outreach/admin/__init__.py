"""The admin pages of campaigns, messages and everything around them."""

from outreach.admin.ai_run import AiRunAdmin
from outreach.admin.api_key import ApiKeyAdmin
from outreach.admin.campaign import CampaignAdmin, EnrollmentAdmin
from outreach.admin.decision_rule import DecisionRuleAdmin, RulebookAdmin
from outreach.admin.duty import HandoffPolicyAdmin, StaffDutyAdmin
from outreach.admin.knowledge import KnowledgeEntryAdmin
from outreach.admin.message import MessageAdmin
from outreach.admin.proposal import ContactProposalAdmin
from outreach.admin.settings import MailboxAdmin, OutreachPolicyAdmin, ProviderEventAdmin
from outreach.admin.webhook import WebhookDeliveryAdmin, WebhookEndpointAdmin

__all__ = [
    "AiRunAdmin",
    "ApiKeyAdmin",
    "CampaignAdmin",
    "ContactProposalAdmin",
    "DecisionRuleAdmin",
    "EnrollmentAdmin",
    "HandoffPolicyAdmin",
    "KnowledgeEntryAdmin",
    "MailboxAdmin",
    "MessageAdmin",
    "OutreachPolicyAdmin",
    "ProviderEventAdmin",
    "RulebookAdmin",
    "StaffDutyAdmin",
    "WebhookDeliveryAdmin",
    "WebhookEndpointAdmin",
]
