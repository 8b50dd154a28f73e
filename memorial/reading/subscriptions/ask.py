"""Asking for messages, confirming that wish, and leaving: the three verbs of a subscriber."""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from memorial.accounts.attempts import Limit
from memorial.accounts.refusal import Reason, Refused
from memorial.languages.models import Language
from memorial.reading.models import Subscription

from .wish import About

# How long a wish waits for its confirmation, and how long nobody is asked again about the same wish.
WAITS = timedelta(hours=48)
PAUSE = timedelta(minutes=30)
# Whoever enters other people's addresses sends at most so many questions an hour, through all forms together ...
ASKED_IN_AN_HOUR = 300
# ... and so many to one address an hour, whatever about, the same wish again among them. An address that has so many
# wishes waiting is asked about no other.
ASKED_OF_ONE = 5
# One client asks for no more than its part of these; behind one address may stand a whole school.
ASKED_BY_ONE = Limit("address that asks for messages", 60, 60 * 60, 60 * 60)


def reasons_against(email: str, about: About | None, language: str, frequency: str) -> list[Reason]:
    """Every reason why this cannot be asked for. One query."""
    reasons = []
    try:
        validate_email(email)
    except ValidationError:
        reasons.append(Reason("email", _("Enter an e-mail address, such as name@example.org.")))
    if about is None:
        message = _("What you want to follow is not here (any more). Choose it again from its page.")
        reasons.append(Reason("about", message))
    if not Language.objects.public().filter(tag=language).exists():
        reasons.append(Reason("language", _("Choose a language from the list.")))
    if frequency not in Subscription.Frequency.values:
        reasons.append(Reason("frequency", _("Choose how often from the list.")))
    return reasons


def ask(email: str, about: About | None, *, language: str, frequency: str, client: str = "") -> Subscription | None:
    """Keep a wish until it is confirmed; return it where its owner is to be asked now, else None.

    ``client`` is the address of the machine that asks, where it is known.

    None means: this address has been asked already, or is told already. The page says the same in both cases, so
    that nobody learns who is told of what. Raises Refused.
    """
    email = email.strip()[:254]
    reasons = reasons_against(email, about, language, frequency)
    now = timezone.now()
    fresh = Subscription.objects.filter(confirmed_at=None, asked_at__gt=now - timedelta(hours=1))
    if not reasons and ((client and not ASKED_BY_ONE.allows(client)) or fresh.count() >= ASKED_IN_AN_HOUR):
        reasons.append(Reason("too-many", _("Too many people have asked within this hour. Please try again later.")))
    if reasons or about is None:
        raise Refused(reasons)
    same = Subscription.objects.filter(email__iexact=email, query=about.query, language=language)
    there = same.first()
    waiting = Subscription.objects.filter(email__iexact=email, confirmed_at=None)
    if fresh.filter(email__iexact=email).count() >= ASKED_OF_ONE:
        return None
    if there is not None:
        is_asked_again = (
            same.filter(pk=there.pk, confirmed_at=None, asked_at__lte=now - PAUSE)
            .update(asked_at=now, frequency=frequency)
        )  # fmt: skip
        return Subscription.objects.get(pk=there.pk) if is_asked_again else None
    if waiting.count() >= ASKED_OF_ONE:
        return None
    try:
        with transaction.atomic():
            wish: Subscription = Subscription.objects.create(
                email=email, language=language, query=about.query, frequency=frequency, asked_at=now
            )
            return wish
    except IntegrityError:
        return None  # two clicks at once: the other one asks


def confirm(token: str, *, now: datetime | None = None) -> Subscription | None:
    """Begin to tell; return the subscription, or None where the wish has expired or was never made."""
    now = now or timezone.now()
    waiting = Subscription.objects.filter(token=token, confirmed_at=None, asked_at__gt=now - WAITS)
    waiting.update(confirmed_at=now, told_until=now)
    found: Subscription | None = Subscription.objects.filter(token=token, confirmed_at__isnull=False).first()
    return found


def change(token: str, *, frequency: str) -> bool:
    """Change how often; return whether there was anything to change. Raises Refused."""
    if frequency not in Subscription.Frequency.values:
        raise Refused([Reason("frequency", _("Choose how often from the list."))])
    return bool(Subscription.objects.filter(token=token, confirmed_at__isnull=False).update(frequency=frequency))


def leave(token: str) -> bool:
    """Delete the address and the wish; return whether there was one."""
    deleted, _by_model = Subscription.objects.filter(token=token).delete()
    return bool(deleted)


def leave_all(token: str) -> int:
    """Delete everything that is kept for the address of this subscription; return how many wishes that were."""
    row = Subscription.objects.filter(token=token).first()
    if row is None:
        return 0
    deleted, _by_model = Subscription.objects.filter(email__iexact=row.email).delete()
    return int(deleted)


def forget_unconfirmed(now: datetime | None = None) -> int:
    """Delete the addresses whose owners did not answer; return how many."""
    now = now or timezone.now()
    deleted, _by_model = Subscription.objects.filter(confirmed_at=None, asked_at__lte=now - WAITS).delete()
    return int(deleted)
