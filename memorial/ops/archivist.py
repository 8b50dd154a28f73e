"""The user in whose name the site's own commands save and publish."""

from memorial.accounts.models import Grant, Role, User

USERNAME = "archive"


def archivist() -> User:
    """Return the user ``archive``, made when missing: a publisher with whom nobody can log in."""
    user, is_new = User.objects.get_or_create(username=USERNAME)
    if is_new:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    Grant.objects.get_or_create(user=user, role=Role.PUBLISHER, language="")
    return user
