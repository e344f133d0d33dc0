"""People, companies, categories and what clients ask for."""

from crm.models.assignment import Assignment, SegmentRules
from crm.models.category import Category
from crm.models.company import Company
from crm.models.contact import Contact, ContactPoint, MailDomain
from crm.models.imported import ImportBatch, ImportProfile, RejectedRow
from crm.models.lead import Lead, Property
from crm.models.merge import CandidateState, MergeCandidate, MergeKind, MergeRecord
from crm.models.request import Request
from crm.models.scoring import (
    CompanyScore,
    ContactScore,
    LeadScore,
    ScoringModel,
    ScoringRun,
    ScoringVersion,
)
from crm.models.segment import Segment, SegmentMember, SegmentSnapshot, SegmentVersion

__all__ = [
    "Assignment",
    "CandidateState",
    "Category",
    "Company",
    "CompanyScore",
    "Contact",
    "ContactPoint",
    "ContactScore",
    "ImportBatch",
    "ImportProfile",
    "Lead",
    "LeadScore",
    "MailDomain",
    "MergeCandidate",
    "MergeKind",
    "MergeRecord",
    "Property",
    "RejectedRow",
    "Request",
    "ScoringModel",
    "ScoringRun",
    "ScoringVersion",
    "Segment",
    "SegmentMember",
    "SegmentRules",
    "SegmentSnapshot",
    "SegmentVersion",
]
