"""Trust in a profile: who stands behind it, whose it is, and what was checked, each as a statement with its date."""
