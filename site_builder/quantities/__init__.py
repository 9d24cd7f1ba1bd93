"""Numbers as people report them: a nominal value, bounds on it, and a unit."""
