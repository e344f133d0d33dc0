"""Tests of the pure comparison."""
