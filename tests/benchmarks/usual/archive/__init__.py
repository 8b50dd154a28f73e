"""The one application of the usual site."""
