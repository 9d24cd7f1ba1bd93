"""Pages become files: rendered in memory, then written so that a site is whole or unchanged."""
