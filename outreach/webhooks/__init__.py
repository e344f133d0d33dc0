"""Our news for other programs: an outbox of events, signed, delivered at least once."""
