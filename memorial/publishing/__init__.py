"""Editions: revisions sealed and made public.

Words: *readiness* is the list of every reason why a text cannot be published; to *seal* is to fix a revision and the
facts around it under a number and a SHA-256; an edition is *visible* from its moment on, in a public language, while
it is the newest of its statement and language.

Always true: a sealed edition never changes (model, desk and database refuse), and everything public starts from
``Edition.objects.visible(now)``.
"""
