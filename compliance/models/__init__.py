"""The ledgers of compliance and the law it applies."""

from compliance.models.audit_entry import AuditEntry, AuditSeal
from compliance.models.blackout_day import BlackoutDay
from compliance.models.calling_rule import CallingRuleVersion
from compliance.models.consent import Consent
from compliance.models.dnc import DncBlock, DncFile, DncVersion, InternalDncNumber
from compliance.models.email_law import EmailLawVersion
from compliance.models.holiday_rule import HolidayRuleVersion
from compliance.models.legal_rule import LegalRule
from compliance.models.suppression import Suppression

__all__ = [
    "AuditEntry",
    "AuditSeal",
    "BlackoutDay",
    "CallingRuleVersion",
    "Consent",
    "DncBlock",
    "DncFile",
    "DncVersion",
    "EmailLawVersion",
    "HolidayRuleVersion",
    "InternalDncNumber",
    "LegalRule",
    "Suppression",
]
