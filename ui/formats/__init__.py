"""The experiment and the run as text, and read from it."""
