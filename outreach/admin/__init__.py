"""The admin pages of campaigns, messages and everything around them."""

from outreach.admin.ai_run import AiRunAdmin
from outreach.admin.api_key import ApiKeyAdmin

__all__ = ["AiRunAdmin", "ApiKeyAdmin"]
