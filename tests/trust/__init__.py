"""Trust in profiles."""
