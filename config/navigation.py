"""Brand and sidebar of the admin, in the order in which work happens."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse_lazy


def _may(*permissions: str) -> Callable[[HttpRequest], bool]:
    def check(request: HttpRequest) -> bool:
        held = (request.user.has_perm(name) for name in permissions)  # type: ignore[union-attr]
        return not permissions or any(held)

    return check


def _link(title: str, icon: str, view: str, *permissions: str, badge: str = "") -> dict[str, Any]:
    link = {
        "title": title,
        "icon": icon,
        "link": reverse_lazy(f"admin:{view}"),
        "permission": _may(*permissions),
    }
    return {**link, "badge": badge} if badge else link


UNFOLD: dict[str, Any] = {
    "SITE_TITLE": "Attaché",
    "SITE_HEADER": "Attaché",
    "SITE_SUBHEADER": "Outreach desk",
    "SITE_ICON": lambda request: static("attache/logo.svg"),
    "SITE_FAVICONS": [
        {"rel": "icon", "type": "image/svg+xml", "href": lambda request: static("attache/logo.svg")}
    ],
    "SCRIPTS": [lambda request: static("attache/badges.js")],
    "STYLES": [lambda request: static("attache/theme.css")],
    "SHOW_HISTORY": True,
    "SHOW_VIEW_ON_SITE": False,
    "DASHBOARD_CALLBACK": "config.home.home_context",
    "COLORS": {
        "primary": {
            "50": "#eef2ff", "100": "#e0e7ff", "200": "#c7d2fe", "300": "#a5b4fc", "400": "#818cf8",
            "500": "#6366f1", "600": "#4f46e5", "700": "#4338ca", "800": "#3730a3", "900": "#312e81",
            "950": "#1e1b4b",
        }
    },
    "SIDEBAR": {
        "show_search": True,
        "show_all_applications": False,
        "navigation": [
            {
                "title": "Work",
                "items": [
                    _link("Home", "home", "index"),
                    _link("New request", "add_circle", "outreach_new_request", "crm.add_request"),
                    _link("Review", "rate_review", "outreach_review", "outreach.view_message",
                          badge="config.badges.to_review"),
                    _link("Inbox", "inbox", "outreach_inbox", "outreach.view_message",
                          badge="config.badges.needs_attention"),
                    _link("Proposals", "person_add", "outreach_proposals", "outreach.view_message",
                          badge="config.badges.proposed"),
                    _link("Campaigns", "campaign", "outreach_campaign_changelist", "outreach.view_campaign"),
                    _link("Sequences", "timeline", "outreach_sequences", "outreach.view_sequence"),
                    _link("Calendar", "calendar_month", "outreach_calendar", "outreach.view_weeklycadence"),
                    _link("Requests", "assignment", "crm_request_changelist", "crm.view_request"),
                    _link("Quotes", "request_quote", "quotes_quote_changelist", "quotes.view_quote",
                          badge="config.badges.to_check"),
                ],
            },
            {
                "title": "People",
                "items": [
                    _link("Leads", "view_kanban", "crm_lead_board", "crm.view_lead"),
                    _link("Properties", "home_work", "crm_property_changelist", "crm.view_property"),
                    _link("Segments", "filter_alt", "crm_segments", "crm.view_segment"),
                    _link("In sequences", "groups", "outreach_people", "outreach.view_enrollment"),
                    _link("Contacts", "person", "crm_contact_changelist", "crm.view_contact"),
                    _link("Companies", "domain", "crm_company_changelist", "crm.view_company"),
                    _link("Duplicates", "merge", "crm_merge", "crm.merge_records",
                          badge="config.badges.duplicates"),
                    _link("Whom first", "low_priority", "outreach_prioritise", "crm.view_contactscore"),
                    _link("Prospect segments", "pie_chart", "outreach_prospect_segments", "crm.view_assignment"),
                    _link("Imports", "upload_file", "crm_importbatch_changelist", "crm.view_importbatch"),
                ],
            },
            {
                "title": "Compliance",
                "collapsible": True,
                "items": [
                    _link("Suppression", "block", "compliance_suppression_changelist", "compliance.view_suppression"),
                    _link("Evidence", "verified_user", "compliance_evidence", "compliance.export_evidence"),
                    _link("Calling rules", "schedule", "compliance_callingruleversion_changelist", "compliance.view_callingruleversion"),
                    _link("Holidays", "celebration", "compliance_holidayruleversion_changelist", "compliance.view_holidayruleversion"),
                    _link("Blackout days", "event_busy", "compliance_blackoutday_changelist", "compliance.view_blackoutday"),
                    _link("E-mail laws", "gavel", "compliance_emaillawversion_changelist", "compliance.view_emaillawversion"),
                    _link("Do-not-call lists", "phone_disabled", "compliance_dnc", "compliance.view_dncversion"),
                    _link("Our do-not-call list", "phone_locked", "compliance_internaldncnumber_changelist", "compliance.view_internaldncnumber"),
                    _link("Consents", "handshake", "compliance_consent_changelist", "compliance.view_consent"),
                    _link("Audit", "history", "compliance_auditentry_changelist", "compliance.view_auditentry"),
                    _link("Messages", "mail", "outreach_message_changelist", "outreach.view_message"),
                    _link("Provider events", "webhook", "outreach_providerevent_changelist", "outreach.view_providerevent"),
                ],
            },
            {
                "title": "Settings",
                "collapsible": True,
                "items": [
                    _link("Categories", "category", "crm_category_changelist", "crm.view_category"),
                    _link("Scoring", "speed", "outreach_scoring", "crm.view_scoringmodel"),
                    _link("Knowledge base", "menu_book", "outreach_knowledgeentry_changelist", "outreach.view_knowledgeentry"),
                    _link("Rules for replies", "rule", "outreach_decisionrule_changelist", "outreach.view_decisionrule"),
                    _link("Duties", "badge", "outreach_staffduty_changelist", "outreach.view_staffduty"),
                    _link("Handoff", "swap_horiz", "outreach_handoffpolicy_changelist", "outreach.view_handoffpolicy"),
                    _link("Mailboxes", "alternate_email", "outreach_mailbox_changelist", "outreach.view_mailbox"),
                    _link("Exchange rates", "currency_exchange", "quotes_exchangerate_changelist", "quotes.view_exchangerate"),
                    _link("Policy", "tune", "outreach_outreachpolicy_changelist", "outreach.view_outreachpolicy"),
                    _link("AI runs", "neurology", "outreach_airun_changelist", "outreach.view_airun"),
                    _link("API keys", "key", "outreach_apikey_changelist", "outreach.view_apikey"),
                    _link("Webhooks", "webhook", "outreach_webhookendpoint_changelist", "outreach.view_webhookendpoint"),
                    _link("Webhook deliveries", "outbox", "outreach_webhookdelivery_changelist", "outreach.view_webhookdelivery"),
                    _link("People and roles", "group", "auth_user_changelist", "auth.view_user"),
                ],
            },
        ],
    },
}  # fmt: skip
