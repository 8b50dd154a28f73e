"""Telling subscribers: everything that became visible, or was withdrawn, since each was last told, once."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from smtplib import SMTPException

from django.core.mail import get_connection
from django.db.models import Max, Q
from django.utils import timezone

from memorial.languages.models import Language
from memorial.publishing.models import Edition, Withdrawal
from memorial.reading.models import Subscription
from memorial.reading.withdrawn import TakenBack, taken_back

from . import message, wish
from .matching import with_words

logger = logging.getLogger(__name__)

WEEK = timedelta(days=7)
# A publication becomes visible at the second in which it begins to be written: it is told when surely written.
SETTLED_AFTER = timedelta(seconds=60)
# A message names at most so many editions, and links to the list of all.
MOST_IN_A_MESSAGE = 30
# After so many refusals in a row the mail server is left alone until the next time.
GIVE_UP_AFTER = 5


@dataclass
class Told:
    """How many messages were sent, and how many could not be."""

    sent: int = 0
    failed: int = 0


def tell(now: datetime | None = None) -> Told:
    """Send what is due; return how much that was.

    Run again, late or twice at once, it tells nobody twice: whoever moves ``told_until`` sends. A message that the
    mail server refuses is tried again the next time.
    """
    until = (now or timezone.now()) - SETTLED_AFTER
    told, in_a_row = Told(), 0
    appeared = Edition.objects.released(until).order_by("-visible_from").values_list("visible_from", flat=True).first()
    withdrawn = Withdrawal.objects.filter(withdrawn_at__lte=until).aggregate(last=Max("withdrawn_at"))["last"]
    if (newest := max(filter(None, [appeared, withdrawn]), default=None)) is None:
        return told
    with get_connection() as connection:
        for subscription in _due(until, newest):
            since = subscription.told_until
            editions = _editions(subscription, until)
            if editions is None:
                continue  # told later, when the words can be looked for
            taken = _withdrawals(subscription, until) if withdrawn and since < withdrawn else []
            if not _claim(subscription, until) or not (editions or taken):
                continue
            try:
                message.of_news(subscription, editions, taken, connection=connection).send()
            except (SMTPException, OSError) as error:
                logger.warning("A message to a subscriber could not be sent: %s", type(error).__name__)
                Subscription.objects.filter(pk=subscription.pk, told_until=until).update(told_until=since)
                told.failed += 1
                in_a_row += 1
                if in_a_row >= GIVE_UP_AFTER:
                    break
            else:
                told.sent += 1
                in_a_row = 0
    return told


def _due(until: datetime, newest: datetime) -> Iterator[Subscription]:
    """Those who may have something to hear: asked once for all, in portions of their own."""
    immediate = Q(frequency=Subscription.Frequency.IMMEDIATE, told_until__lt=newest)
    weekly = Q(frequency=Subscription.Frequency.WEEKLY, told_until__lte=until - WEEK)
    public = Language.objects.public().values("tag")
    confirmed = Subscription.objects.filter(immediate | weekly, confirmed_at__isnull=False, language__in=public)
    last = 0
    while rows := list(confirmed.filter(pk__gt=last).order_by("pk")[:500]):
        yield from rows
        last = rows[-1].pk


def _editions(subscription: Subscription, until: datetime) -> list[Edition] | None:
    """What became visible in the subscriber's language since it was last told, the oldest first.

    What has been withdrawn meanwhile is no news. None while the index for search cannot say.
    """
    filters, words = wish.stored(subscription.query)
    rows = Edition.objects.standing(until).filter(
        filters.condition(), language=subscription.language, visible_from__gt=subscription.told_until
    )
    found = rows.select_related("statement").defer("canonical").order_by("visible_from", "pk")
    if words:
        matching = with_words(words, subscription.language, rows, until)
        if matching is None:
            return None
        found = found.filter(pk__in=matching)
    return list(found[: MOST_IN_A_MESSAGE + 1])


def _withdrawals(subscription: Subscription, until: datetime) -> list[TakenBack]:
    """What was withdrawn in the subscriber's language since it was last told, the oldest first.

    None of it for words: the index for search no longer knows what is withdrawn.
    """
    filters, words = wish.stored(subscription.query)
    if words:
        return []
    rows = Withdrawal.objects.public().about(filters.condition()).filter(
        language=subscription.language, withdrawn_at__gt=subscription.told_until, withdrawn_at__lte=until
    )  # fmt: skip
    return taken_back(list(rows.with_edition().order_by("withdrawn_at", "pk")[: MOST_IN_A_MESSAGE + 1]))


def _claim(subscription: Subscription, until: datetime) -> bool:
    """Take it upon this process to tell: only one that still finds it as it was may."""
    same = Subscription.objects.filter(pk=subscription.pk, told_until=subscription.told_until)
    return bool(same.update(told_until=until))
