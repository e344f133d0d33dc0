"""Lists that staff bring along."""
