"""Tests of the quotes pages."""
