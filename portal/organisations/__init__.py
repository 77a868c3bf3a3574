"""Organisations and informal groups: profiles, the people who keep them, the directory."""
