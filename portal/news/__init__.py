"""News of organisations and networks."""
