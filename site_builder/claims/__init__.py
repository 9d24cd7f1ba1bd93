"""Claim files and reports, read with positions."""
