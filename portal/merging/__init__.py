"""Merging: two profiles of one organisation become one, by consent of those who manage them or by the portal team."""
