"""What things cost: measured here, and never asserted in the suite.

``make bench`` does it all; ``growth`` and ``search`` compare archives of several sizes. RESULTS.md holds what was
found, with the date and the machine.
"""
