"""Template tags of pages that belong to no app alone."""
