"""One step as labelled numbers."""
