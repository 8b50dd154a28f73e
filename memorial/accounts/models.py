"""Users, and the roles they are granted."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What somebody does here."""

    EDITOR = "editor", _("editor")
    PUBLISHER = "publisher", _("publisher")
    CONTRIBUTOR = "contributor", _("contributor")
    TRANSLATOR = "translator", _("translator")
    REVIEWER = "reviewer", _("reviewer")
    LEAD = "lead", _("language lead")
    LANGUAGE_MANAGER = "language-manager", _("language manager")
    ADMINISTRATOR = "administrator", _("administrator")


# Roles that are held in one language each, every one of them with the rights of those before it.
IN_ONE_LANGUAGE = (Role.CONTRIBUTOR, Role.TRANSLATOR, Role.REVIEWER, Role.LEAD)


class User(AbstractUser):
    """Somebody who works at the desk."""

    interface_language = models.CharField(
        _("language of the desk"), max_length=20, blank=True, help_text=_("Empty: as the browser asks.")
    )

    class Meta(AbstractUser.Meta):
        verbose_name = _("user")  # type: ignore[assignment]  # the parent's is a plain string
        verbose_name_plural = _("users")  # type: ignore[assignment]


class Grant(models.Model):
    """One role of one user; a contributor's, translator's, reviewer's or lead's is for one language."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="grants", verbose_name=_("user"))
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    language = models.CharField(
        _("language"), max_length=20, blank=True, help_text=_("For contributors, translators, reviewers and leads.")
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "language"],
                name="one_grant_each",
                violation_error_message=_("This person already has this role."),
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=IN_ONE_LANGUAGE) ^ models.Q(language=""),
                name="roles_in_one_language_name_it",
                violation_error_message=_(
                    "Name the language for a contributor, translator, reviewer or lead, and for nobody else."
                ),
            ),
        ]
        verbose_name = _("role")
        verbose_name_plural = _("roles")

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.language}".strip()
