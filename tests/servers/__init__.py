"""Servers that the tests ask beside the database: each is started once for a run and ends with it, however it ends."""
