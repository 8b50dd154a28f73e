"""The readers' door: public pages, their addresses, and what machines find in their heads.

Always true: no page shows anything but sealed, visible editions and labels; a page speaks one language and says so;
reading needs no script, no cookie and no other host.
"""
