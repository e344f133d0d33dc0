"""The admin pages of people, companies, categories and requests."""

from crm.admin.category import CategoryAdmin
from crm.admin.company import CompanyAdmin, ContactAdmin
from crm.admin.imported import ImportBatchAdmin, ImportProfileAdmin
from crm.admin.lead import LeadAdmin, PropertyAdmin
from crm.admin.request import RequestAdmin

__all__ = [
    "CategoryAdmin",
    "CompanyAdmin",
    "ContactAdmin",
    "ImportBatchAdmin",
    "ImportProfileAdmin",
    "LeadAdmin",
    "PropertyAdmin",
    "RequestAdmin",
]
