"""What is always in sight: predictions, weights, findings, published numbers."""
