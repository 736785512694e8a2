"""What the reader sees: one module a section of the page, functions only."""
