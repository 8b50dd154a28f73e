"""Languages at the desk: asked for, added, prepared and made public, with their phrases and names."""
