"""The admin pages of campaigns, messages and everything around them."""

from outreach.admin.api_key import ApiKeyAdmin

__all__ = ["ApiKeyAdmin"]
