"""Whether the directory is alive: profiles are confirmed once a year, and who follows up those that nobody confirms."""
