"""A small app with everything that translated models can have."""
