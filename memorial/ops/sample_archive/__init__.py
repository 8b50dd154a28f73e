"""The sample archive: real statements about one day, as readable files, and the verb that enters them.

``labels.toml`` holds issuers, places, events, the occasion and the claims of news agencies; every other file is one
statement with its sources, its figures and a short summary in each language.

Always true: each text is the archive's own summary and is marked so, and every sentence in it is attributed.
"""
