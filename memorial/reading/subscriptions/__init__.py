"""Messages by mail, for readers who ask for them twice.

Words: *wish* (what about), *asked* (not confirmed: only the question is sent), *confirmed*.

Always true: an address is kept for nothing but its messages, and is deleted when its owner leaves or never answered;
nobody is told of anything that a reader of the site could not see; nothing is told twice.
"""
