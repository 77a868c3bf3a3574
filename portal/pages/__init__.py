"""Pages about the whole: home, search, site map, settings of the look."""
