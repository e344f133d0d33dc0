"""Tests of what we say and hear."""
