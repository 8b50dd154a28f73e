"""How the site logs: one JSON object a line for machines, or one plain line for people who watch."""

import logging
import re
from typing import Any


class WithoutSecrets(logging.Filter):
    """Leave the secret of a subscriber, which stands in an address, out of every line."""

    _secret = re.compile(r"(/(?:follow|unsubscribe)/)[A-Za-z0-9_-]{32}")

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record through, without the secret."""
        message = record.getMessage()
        masked = self._secret.sub(r"\1…", message)
        if masked != message:
            record.msg, record.args = masked, ()
        if "request" in record.__dict__ and self._secret.search(str(record.__dict__["request"])):
            del record.__dict__["request"]
        return True


def configuration(log_format: str, level: str, *, requests: bool = False) -> dict[str, Any]:
    """Return the logging configuration of every process, gunicorn's loggers included.

    With ``requests`` there is a line for each request.

    In JSON a line break inside a message is escaped, so nobody can write a second line into the log.
    """
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {
                "()": "pythonjsonlogger.json.JsonFormatter",
                "format": "%(levelname)s %(name)s %(message)s",
                "rename_fields": {"levelname": "level", "name": "logger"},
                "timestamp": "time",
            },
            "plain": {"format": "%(levelname)s %(name)s: %(message)s"},
        },
        "filters": {"secrets": {"()": WithoutSecrets}},
        "handlers": {
            "console": {"class": "logging.StreamHandler", "formatter": log_format, "filters": ["secrets"]},
            "nowhere": {"class": "logging.NullHandler"},
        },
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            "django": {"handlers": [], "level": level, "propagate": True},
            # The development server's own request lines are for a person's eyes.
            "django.server": {"handlers": ["console"], "level": level, "propagate": False},
            "gunicorn.error": {"handlers": [], "level": "WARNING", "propagate": True},
            "gunicorn.access": {"handlers": [], "level": "INFO" if requests else "WARNING", "propagate": requests},
            # In detail it tells who asks S3, and the tokens that an instance's role has for some hours.
            "botocore": {"handlers": [], "level": "INFO" if level == "DEBUG" else level, "propagate": True},
            # Scanners ask for foreign hosts all day: the 400 they get is enough, a traceback each is not.
            "django.security.DisallowedHost": {"handlers": ["nowhere"], "propagate": False},
        },
    }
