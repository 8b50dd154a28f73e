"""The server's own part: a gunicorn worker that answers kept pages at once, and lets no slow client hold a thread.

gunicorn starts, replaces and reloads the workers; in each, uvicorn speaks HTTP; a page that is kept ready is answered
as soon as its request has been read, one that is being made as soon as it has been, to all who wait for it; everything
else is taken in whole, answered by Django in a thread, and sent from the loop, however slowly the client reads.
"""
