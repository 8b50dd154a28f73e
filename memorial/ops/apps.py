"""The room as a Django app."""

from django.apps import AppConfig


class OpsConfig(AppConfig):
    """Running the site."""

    name = "memorial.ops"

    def ready(self) -> None:
        """Register the checks of what an operator can get wrong."""
        from . import checks, storage_check  # noqa: F401 register themselves
        from .replica import check  # noqa: F401
