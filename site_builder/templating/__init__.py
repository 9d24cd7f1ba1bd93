"""Jinja and Markdown, set up for text that strangers wrote."""
