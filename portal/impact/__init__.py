"""What came of it: figures that are counted from records, and reports of them that do not change any more."""
