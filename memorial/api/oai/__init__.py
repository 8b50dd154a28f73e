"""OAI-PMH 2.0: how libraries harvest the archive, one record a statement.

The protocol: https://www.openarchives.org/OAI/openarchivesprotocol.html (2002-06-14, with later corrections).
"""
