"""Studying texts: two languages side by side, two editions, two wordings, and the years of a series."""
