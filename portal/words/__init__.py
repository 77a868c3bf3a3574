"""Languages and texts: strings, vocabularies, texts of people, search. It stands on the ground and knows no page."""
