"""Outlines of the regions for the map of the directory, from those of Natural Earth."""
