"""What people answer: read into an intent, a tone, dates and persons, each with its words."""
