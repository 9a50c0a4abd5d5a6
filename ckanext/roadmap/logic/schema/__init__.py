"""What actions accept, one file a noun."""
