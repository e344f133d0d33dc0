"""Whether mail can reach an address at all: its domain is asked, its form is read."""
