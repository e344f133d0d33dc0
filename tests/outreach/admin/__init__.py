"""The admin pages of outreach."""
