"""Messages to an audience: people write in the name of a network, and later of an event, to all who belong to it."""
