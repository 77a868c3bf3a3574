"""Saved searches: what somebody looks for in the directory, and a mail when something new fits."""
