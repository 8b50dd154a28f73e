"""What a reader sees of a search: its form, what was found, what was tried, and the same as JSON, CSV and Atom."""
