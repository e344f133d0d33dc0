"""What a text says, each with the place it stands: dates, numbers, money, languages; all pure."""
