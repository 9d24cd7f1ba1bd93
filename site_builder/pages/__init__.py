"""What each page shows, and its address."""
