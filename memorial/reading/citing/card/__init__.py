"""The card: the picture that a link to a statement shows elsewhere, drawn from words alone."""
