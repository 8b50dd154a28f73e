"""The replica has no tables of its own: what is done to the database comes to it by itself."""

from . import REPLICA


class NothingIsMadeThere:
    """Which database a query goes to is not said here: a request that the replica serves has it in the other's place.

    So what is written as plain SQL, and a transaction around several queries, go where the models' queries go.
    """

    def allow_migrate(self, db: str, app_label: str, **hints: object) -> bool | None:
        """Refuse to make tables in the replica; PostgreSQL would, too."""
        return False if db == REPLICA else None
