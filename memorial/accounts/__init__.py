"""Who works here, and who may do what in which language.

Words: a *role* (editor, publisher, translator, administrator) is granted to a user, a translator's for one language.
An *action* is what a door wants to do. A rule that says no is *Refused*, with all its reasons.

Always true: every door asks one function, ``permission.may``, and no other room compares roles.
"""
