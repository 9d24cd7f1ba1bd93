"""Does it hold, and why."""
