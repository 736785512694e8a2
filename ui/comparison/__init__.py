"""Runs beside one another: many seeds, a sweep, and those that the reader keeps."""
