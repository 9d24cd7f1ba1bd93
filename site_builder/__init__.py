"""Claims in YAML, evidence in files, verdicts by arithmetic, and a site that shows the working."""

__version__ = "0.1.0"
