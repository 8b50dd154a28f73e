"""Properties are checked without a stopwatch: a busy machine is not a failure."""

from hypothesis import settings

settings.register_profile("memorial", deadline=None)
settings.load_profile("memorial")
