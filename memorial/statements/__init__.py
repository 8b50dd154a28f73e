"""The record: who said what, on which occasion, about which event, and where it was read.

Words: statement, issuer, place, occasion, event, source, attachment, figure, claimant (see the models).

Always true: dates are kept exactly as precise as they are stated; figures of different claimants are never merged;
nothing here is public by itself: readers see only what ``publishing`` sealed, and labels.
"""
