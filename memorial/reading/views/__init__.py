"""The views, divided as the site is."""
