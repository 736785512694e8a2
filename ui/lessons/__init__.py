"""Lessons: steps that open the page at something, and ask about it."""
