"""The real parts that tests run on, and what they check of every page."""
