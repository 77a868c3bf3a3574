"""Speed, as ratios within one run. `make bench` prints the table; no test asserts a number of seconds."""
