"""Pages of readers from a copy of the database, the *replica* that DATABASE_REPLICA_URL names; all else from itself.

Words: the *mark* of a database is different after every change of what readers see (``reading.page_cache``); a replica
*has arrived* when it shows the mark of this machine's present generation. A request is *made again* from the database
when the replica has failed it.

Always true: nobody is shown from the replica what stood there before a publication that has been answered; a replica
that is late, away, slow or broken costs a moment, never an answer. The desk, whoever is signed in, everything that is
sent, and the pages of one person are never read from it.
"""

#: What settings call its connection.
REPLICA = "replica"
