"""Commands for languages, and Django's own that have to know of them."""
