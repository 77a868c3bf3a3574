"""Tasks: long work that a page shows, and that is cancelled, killed and resumed without harm."""
