"""Languages at the desk: requests, the launch board, the people of each, the sheets of phrases and names."""
