"""What everything stands on: settings, the clock, the database, who may, background work. It knows no language."""
