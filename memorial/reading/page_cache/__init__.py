"""Pages kept ready: answered before Django is asked, new at once when anything that readers see has changed.

Words: a *generation* is the time between two changes of the site; it has a number, which every process of a machine
reads from one file, and a moment at which it ends by itself. A *question* is what a reader asks for, in the form that
pages are kept under. A *kept page* is the answer to it in one generation, compressed and ready. To *keep* is a view's
declaration, with the query parameters that it reads. To *press* is to compress a page that is asked for often as much
as can be, while nobody waits for it; what has not changed in the next generation stays as it is, pressed and on disk.
What many pages show alike, such as the names that a list can be narrowed to, is found *once a generation*.

Always true: a page is kept under the generation that was read before its rendering began, and served in that one only;
so nothing that was published, corrected or withdrawn is answered with what stood there before. What is kept was
rendered without cookies and without any header of whoever asked first.
"""
