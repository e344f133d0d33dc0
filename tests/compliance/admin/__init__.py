"""The admin pages of compliance."""
