"""The live preview: watch the project, serve the last good build from memory, tell the browser."""
