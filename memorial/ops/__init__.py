"""Running the site: health, first set-up, the sample archive, demonstration data.

Always true: commands can be run again without harm, and demonstration data never stands beside real statements.
"""
