"""Rows that are sealed: added, never changed, never removed. The database refuses too (``guard``)."""

from typing import Any, NoReturn, TypeVar

from django.db import models

SEALED = "An edition is sealed and kept: publish a new one."


Row = TypeVar("Row", bound=models.Model)


class AppendOnlyQuerySet(models.QuerySet[Row]):
    """Many sealed rows."""

    def update(self, **kwargs: Any) -> NoReturn:
        """Refuse to change what has been sealed."""
        raise TypeError(SEALED)

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse to change what has been sealed."""
        raise TypeError(SEALED)

    def delete(self) -> NoReturn:
        """Refuse to remove what has been sealed."""
        raise TypeError(SEALED)

    def bulk_create(self, *args: Any, **kwargs: Any) -> list[Row]:
        """Add many, as the demonstration archive does; refuse to write over any."""
        if kwargs.get("update_conflicts"):
            raise TypeError(SEALED)
        return super().bulk_create(*args, **kwargs)


class AppendOnly(models.Model):
    """One sealed row."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Refuse to change what has been sealed."""
        if not self._state.adding:
            raise TypeError(SEALED)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse to remove what has been sealed."""
        raise TypeError(SEALED)
