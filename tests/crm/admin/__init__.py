"""The admin pages of people and companies."""
