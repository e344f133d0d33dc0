"""Offers side by side: pure arithmetic and words, no database, no clock."""
