"""Rows that are added, never changed, never removed."""

from typing import Any, ClassVar, NoReturn, TypeVar

from django.db import models


class AppendOnly(models.Model):
    """One such row. ``refusal`` is what is said to whoever would change it."""

    refusal: ClassVar[str]

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Refuse to change what is there."""
        if not self._state.adding:
            raise TypeError(self.refusal)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse to remove what is there."""
        raise TypeError(self.refusal)


Row = TypeVar("Row", bound=AppendOnly)


class AppendOnlyQuerySet(models.QuerySet[Row]):
    """Many such rows."""

    def update(self, **kwargs: Any) -> NoReturn:
        """Refuse to change what is there."""
        raise TypeError(self.model.refusal)

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse to change what is there."""
        raise TypeError(self.model.refusal)

    def delete(self) -> NoReturn:
        """Refuse to remove what is there."""
        raise TypeError(self.model.refusal)

    def bulk_create(self, *args: Any, **kwargs: Any) -> list[Row]:
        """Add many, as imports and the demonstration archive do; refuse to write over any."""
        if kwargs.get("update_conflicts"):
            raise TypeError(self.model.refusal)
        return super().bulk_create(*args, **kwargs)
