"""One module a family of functions; each defines `FUNCTIONS`."""
