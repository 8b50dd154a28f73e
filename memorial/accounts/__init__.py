"""Who works here, and who may do what in which language.

Words: a *role* (editor, publisher, administrator ...) is granted to a user, those of a language's
*team* (contributor, translator, reviewer, lead) for that one language. An *action* is what a door wants to do. A rule
that says no is *Refused*, with all its reasons.

Always true: every door asks one function, ``permission.may``, and no other room compares roles.
"""
