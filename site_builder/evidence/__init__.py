"""Evidence files: opened safely, hashed once, read into tables."""
