"""Sets the environment of the tests before Django's settings are read (a pytest plugin, loaded first)."""

import os
import tempfile

os.environ.setdefault("SITE_LANGUAGES", "az,en,ru,tr,fa")
os.environ.setdefault("MEMORIAL_DATA_DIR", tempfile.mkdtemp(prefix="memorial-tests-"))
os.environ.setdefault("SITE_URL", "http://memorial.test")
os.environ.setdefault("LOG_FORMAT", "plain")
os.environ.setdefault("LOG_LEVEL", "ERROR")
