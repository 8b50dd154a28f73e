"""Collecting and compressing static files, only when they have changed: it takes longer than everything else."""

import hashlib
from pathlib import Path

import django
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command


def fingerprint() -> str:
    """Return a digest of every static file's path, size and time, and of who compresses them and how."""
    digest = hashlib.sha256(f"{django.VERSION} {settings.STORAGES['staticfiles']}".encode())
    for finder in get_finders():
        for path, storage in sorted(finder.list([]), key=lambda found: found[0]):
            status = Path(storage.path(path)).stat()
            digest.update(f"{path} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def collect_if_changed() -> bool:
    """Bring STATIC_ROOT up to date; return whether there was anything to do."""
    root = Path(settings.STATIC_ROOT)
    # Beside the folder: what is in it is given to whoever asks.
    stamp, now = root.with_name(f"{root.name}.fingerprint"), fingerprint()
    if root.exists() and stamp.exists() and stamp.read_text() == now:
        return False
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(now)
    return True
