"""Revisions: what a thing said before, who changed it and when, side by side, and brought back."""
