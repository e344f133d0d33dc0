"""Drafts answers to questions, from what staff know and what the campaign says. Never invents."""
