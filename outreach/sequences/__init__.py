"""Sequences: touches over days and weeks, planned purely, made one at a time, stopped at once."""
