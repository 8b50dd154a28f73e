"""``manage.py create_first_accounts``: one account a role, on a site that has no users."""

from typing import Any

from django.core.management.base import BaseCommand

from memorial.languages.cldr import describe
from memorial.ops.accounts import make_first_accounts


class Command(BaseCommand):
    """Make the first accounts and show their passwords, this once."""

    help = "Makes one account for each role with a random password, shown once; does nothing where there are users."

    def handle(self, *args: Any, **options: Any) -> None:
        """Make them and print a table, or say that there is nothing to do."""
        made = make_first_accounts()
        if not made:
            if options["verbosity"] > 1:
                self.stdout.write("There are users already: no account was made.")
            return
        self.stdout.write("\n  Accounts for trying the desk. The passwords are shown this once and kept nowhere:\n\n")
        for account in made:
            what = f"{describe(account.language).name_en} {account.role}" if account.language else account.role
            self.stdout.write(f"    {account.name:<14} {account.password:<22} {what}\n")
        self.stdout.write("\n  Forgotten: manage.py changepassword NAME\n")
