"""Events and their programmes: days, rooms, slots, talks and workshops."""
