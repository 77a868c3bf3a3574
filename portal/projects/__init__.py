"""Projects of organisations: what was done, with whom, for how much, and what came of it."""
