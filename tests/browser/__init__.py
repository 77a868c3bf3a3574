"""The portal in Chromium: the ways that people take through it, and what every page kind owes to everybody."""
