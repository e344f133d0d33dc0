"""Unsubscribing by link."""
