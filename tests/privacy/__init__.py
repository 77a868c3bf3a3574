"""What people may ask of the portal about themselves."""
