"""One module a format; each defines `READER`."""
