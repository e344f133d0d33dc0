"""Template filters of the quotes pages."""
