"""Official statements and commemorations, published and kept in many languages."""
