"""One module a kind of plot; each defines `KIND`."""
