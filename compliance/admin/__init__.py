"""The admin pages of suppression, consents, the law applied and the ledger."""

from compliance.admin.audit_entry import AuditEntryAdmin
from compliance.admin.blackout_day import BlackoutDayAdmin
from compliance.admin.calling_rule import CallingRuleAdmin
from compliance.admin.consent import ConsentAdmin
from compliance.admin.dnc_records import (
    DncFileAdmin,
    DncVersionAdmin,
    InternalDncNumberAdmin,
)
from compliance.admin.email_law import EmailLawAdmin
from compliance.admin.holiday_rule import HolidayRuleAdmin
from compliance.admin.suppression import SuppressionAdmin

__all__ = [
    "AuditEntryAdmin",
    "BlackoutDayAdmin",
    "CallingRuleAdmin",
    "ConsentAdmin",
    "DncFileAdmin",
    "DncVersionAdmin",
    "EmailLawAdmin",
    "HolidayRuleAdmin",
    "InternalDncNumberAdmin",
    "SuppressionAdmin",
]
