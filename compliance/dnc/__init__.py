"""Do-not-call lists: reading their files, keeping their numbers, answering who is listed."""
