"""The loss chart and, below it, one module a tab."""
