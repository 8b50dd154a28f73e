"""Commands for languages."""
