"""Editions: revisions sealed and made public.

Words: *readiness* is the list of every reason why a text cannot be published; to *seal* is to fix a revision and the
facts around it under a number and a SHA-256; an edition is *visible* from its moment on, in a public language, while
it is the newest of its statement and language and has not been *withdrawn*. What is withdrawn can still be read, under
a notice, or is removed; no list finds it. The *work* is what waits for somebody, the *grid* how every
text of every statement stands: both look from editions down to drafts, and are read by the desk. The *launch board* is
what a language has, and still needs, before readers see it; a statement that it *must have* is chosen by editors.

A *sealed figure* stands in the facts of its edition and, so that ledgers find it, in a row of its own.

Always true: a sealed edition never changes (model, desk and database refuse), and everything public starts from
``Edition.objects.visible(now)``.
"""
