"""Networks, membership of organisations in them, and the review of profiles before they are public."""
