"""Do-not-call lists."""
