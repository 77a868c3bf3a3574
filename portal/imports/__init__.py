"""Lists of organisations that are brought in: looked at, shown, made row by row, and taken back."""
