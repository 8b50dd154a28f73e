"""The machines' door, read only: API v1 (JSON, described in OpenAPI 3.1) and OAI-PMH 2.0.

Everything starts from what readers see: ``Edition.objects.visible()`` and ``released()``, ``SealedFigure`` and
``SourceEdition`` in the same way, and labels in public languages. Of what they no longer see the log and the records of
OAI-PMH tell when, why and what it belonged to, and no word of it. Nothing here writes, asks who is asking, or sets a
cookie. Lists are walked by cursors, so that a walk neither repeats nor skips a row when something is published.
"""
