"""Areas: countries, regions, counties and municipalities of Poland and Bulgaria, as their official lists have them."""
