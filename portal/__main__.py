"""`python -m portal` is the console command."""

from portal.cli import main

main()
