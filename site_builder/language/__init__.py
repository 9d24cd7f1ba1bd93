"""The assertion language: text to value."""
