"""Registration for events and the booking of seats."""
