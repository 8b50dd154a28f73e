"""Studying texts: two languages side by side, two editions, and the years of a series."""
