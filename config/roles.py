"""Who may do what: the roles as groups, written down in one table."""

from typing import Any

from django.apps import apps
from django.contrib.auth.management import create_permissions

VIEW_ALL = ("compliance", "crm", "outreach", "quotes")

# Per role, what it may do beyond the role before it; every role may view everything.
GRANTS: dict[str, tuple[str, ...]] = {
    "Analyst": (),
    "EA": (
        "crm.add_request", "crm.change_request",
        "crm.add_importbatch",
        "crm.add_contact", "crm.change_contact", "crm.add_contactpoint", "crm.change_contactpoint",
        "crm.add_lead", "crm.change_lead", "crm.add_property", "crm.change_property",
        "crm.add_segment", "crm.change_segment",
        "outreach.add_campaign", "outreach.change_campaign",
        "outreach.change_message", "outreach.approve_message", "outreach.pause_campaign",
        "outreach.triage_message", "outreach.change_enrollment",
        "outreach.add_staffduty", "outreach.change_staffduty",
        "outreach.add_knowledgeentry", "outreach.change_knowledgeentry",
        "quotes.review_quote", "quotes.add_quote", "quotes.change_quote",
        "compliance.export_evidence",
    ),
    "Staff": (
        "crm.export_contact", "crm.export_segment",
        "crm.merge_records",
        "crm.change_importbatch", "crm.add_importprofile", "crm.change_importprofile",
        "crm.delete_importprofile",
        "crm.add_company", "crm.change_company", "crm.delete_contactpoint",
        "crm.add_category", "crm.change_category",
        "crm.change_scoringmodel", "crm.switch_scoringmodel", "crm.switch_segmentrules",
        "crm.change_assignment",
        "outreach.add_decisionrule", "outreach.change_decisionrule", "outreach.delete_decisionrule",
        "outreach.publish_rules", "outreach.add_handoffpolicy", "outreach.change_handoffpolicy",
        "outreach.bulk_approve_message", "outreach.pause_everything",
        "outreach.add_sequence", "outreach.change_sequence",
        "outreach.add_mailbox", "outreach.change_mailbox", "outreach.change_outreachpolicy",
        "outreach.delete_knowledgeentry",
        "outreach.change_weeklycadence",
        "quotes.add_exchangerate", "quotes.change_exchangerate",
        "compliance.add_suppression", "compliance.export_suppression",
        "compliance.add_callingruleversion", "compliance.change_callingruleversion",
        "compliance.add_holidayruleversion", "compliance.change_holidayruleversion",
        "compliance.add_emaillawversion", "compliance.change_emaillawversion",
        "compliance.add_blackoutday", "compliance.delete_blackoutday",
        "compliance.add_dncfile", "compliance.add_internaldncnumber",
        "compliance.add_consent", "compliance.revoke_consent",
    ),
    "Admin": (
        "crm.erase_contact",
        "crm.delete_lead", "crm.delete_property",
        "crm.delete_company", "crm.delete_contact", "crm.delete_category", "crm.delete_request",
        "outreach.add_apikey", "outreach.change_apikey", "outreach.delete_mailbox",
        "outreach.add_webhookendpoint", "outreach.change_webhookendpoint",
        "outreach.delete_webhookendpoint",
        "quotes.delete_exchangerate", "compliance.lift_suppression",
        "compliance.view_restricted_consent", "compliance.delete_internaldncnumber",
        "auth.view_user", "auth.add_user", "auth.change_user", "auth.delete_user",
        "auth.view_group", "auth.change_group",
    ),
}  # fmt: skip
ORDER = ("Analyst", "EA", "Staff", "Admin")
# An analyst sees numbers and mail, not the keys of the house.
ADMIN_VIEWS = frozenset(
    {"outreach.view_apikey", "outreach.view_webhookendpoint", "outreach.view_webhookdelivery"}
)
HIDDEN_FROM_OTHERS = ADMIN_VIEWS | {"compliance.view_restricted_consent"}


def ensure_roles(**_signal: Any) -> None:
    """Write the four groups with exactly these permissions; other groups are left alone."""
    for label in (*VIEW_ALL, "auth"):  # our turn may come before the framework's for the last app
        create_permissions(apps.get_app_config(label), verbosity=0)
    group_model = apps.get_model("auth", "Group")
    permissions = _permissions()
    views = {
        name for name in permissions
        if name.split(".")[0] in VIEW_ALL and ".view_" in name
        and name not in HIDDEN_FROM_OTHERS
    }  # fmt: skip
    granted: set[str] = set(views)
    for role in ORDER:
        granted |= set(GRANTS[role])
        names = granted | (ADMIN_VIEWS if role == "Admin" else set())
        group, _created = group_model.objects.get_or_create(name=role)
        group.permissions.set([permissions[name] for name in names if name in permissions])


def _permissions() -> dict[str, Any]:
    permission_model = apps.get_model("auth", "Permission")
    rows = permission_model.objects.select_related("content_type")
    return {f"{row.content_type.app_label}.{row.codename}": row for row in rows}
