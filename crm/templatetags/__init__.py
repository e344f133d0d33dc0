"""Words of crm for templates."""
