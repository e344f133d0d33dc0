"""The admin pages of suppression and the ledger."""

from compliance.admin.audit_entry import AuditEntryAdmin
from compliance.admin.suppression import SuppressionAdmin

__all__ = ["AuditEntryAdmin", "SuppressionAdmin"]
