"""Predict, then see: the reader guesses what a change will do, then it is trained."""
