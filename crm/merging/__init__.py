"""Two rows that are one: find them, merge them with all that hangs on them, and take it back."""
