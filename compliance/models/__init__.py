"""The ledgers of compliance: who must not be contacted, and what was done."""

from compliance.models.audit_entry import AuditEntry, AuditSeal
from compliance.models.suppression import Suppression

__all__ = ["AuditEntry", "AuditSeal", "Suppression"]
