"""The questions of the protocol: six verbs, their arguments, and every way in which a question is wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.http import QueryDict
from django.utils import timezone

# Verb: its required arguments, its optional ones, and whether an answer may come in parts.
VERBS: Final[Mapping[str, tuple[Sequence[str], Sequence[str], bool]]] = {
    "Identify": ((), (), False),
    "ListMetadataFormats": ((), ("identifier",), False),
    "ListSets": ((), (), True),
    "GetRecord": (("identifier", "metadataPrefix"), (), False),
    "ListIdentifiers": (("metadataPrefix",), ("from", "until", "set"), True),
    "ListRecords": (("metadataPrefix",), ("from", "until", "set"), True),
}
# After the last year that a calendar has there is no second to count up to.
LAST_YEAR = 9998
TOKEN_LIVES = 24 * 60 * 60
_signer = signing.TimestampSigner(salt="memorial.api.oai")


class OaiError(Exception):
    """An error of the protocol: its code, and words for whoever reads the harvester's log."""

    def __init__(self, code: str, message: str) -> None:
        self.code, self.message = code, message
        super().__init__(code, message)


@dataclass(frozen=True)
class Question:
    """A question of the protocol.

    Of a long list, the part after row ``after`` is asked for; ``cursor`` rows of ``size`` have been given before it.
    The size is 0 where it is not known.
    """

    verb: str
    arguments: Mapping[str, str]
    after: int = 0
    cursor: int = 0
    size: int | None = None

    def __getitem__(self, name: str) -> str:
        """An argument, or an empty string."""
        return self.arguments.get(name, "")

    @property
    def since(self) -> datetime | None:
        """``from`` as a moment."""
        return moment(self["from"]) if self["from"] else None

    @property
    def until(self) -> datetime | None:
        """``until`` as a moment; a day is meant to its last second."""
        return moment(self["until"], is_end=True) if self["until"] else None

    def token(self, *, after: int, cursor: int, size: int) -> str:
        """The token by which the part of the list after row ``after`` is asked for. It holds all that is needed."""
        kept = {"verb": self.verb, "arguments": dict(self.arguments), "after": after, "cursor": cursor, "size": size}
        return str(_signer.sign_object(kept, compress=False))


def question(query: QueryDict) -> Question:
    """Read a question. Raises OaiError."""
    verb = query.get("verb", "")
    if len(query.getlist("verb")) > 1 or verb not in VERBS:
        raise OaiError("badVerb", f"Give one verb of these: {', '.join(VERBS)}.")
    required, optional, is_list = VERBS[verb]
    given = {name: values for name, values in query.lists() if name != "verb"}
    if repeated := [name for name, values in given.items() if len(values) > 1]:
        raise OaiError("badArgument", f"Give each argument once: {_shown(repeated)}.")
    if is_list and "resumptionToken" in given:
        if len(given) > 1:
            raise OaiError("badArgument", "A resumptionToken is the only argument beside the verb.")
        return resumed(verb, str(query["resumptionToken"]))
    if unknown := [name for name in given if name not in (*required, *optional)]:
        raise OaiError("badArgument", f"{verb} has no such argument: {_shown(unknown)}.")
    if missing := [name for name in required if not query.get(name)]:
        raise OaiError("badArgument", f"{verb} needs: {', '.join(missing)}.")
    asked = Question(verb, {name: str(query[name]) for name in given})
    _check_dates(asked)
    return asked


def resumed(verb: str, token: str) -> Question:
    """Read the question that a token stands for. Raises OaiError."""
    try:
        kept = _signer.unsign_object(token[:2000], max_age=TOKEN_LIVES)
    except (signing.BadSignature, ValueError) as error:
        message = "This resumptionToken is not one of this archive, or older than a day: begin anew."
        raise OaiError("badResumptionToken", message) from error
    if kept["verb"] != verb:
        raise OaiError("badResumptionToken", f"This resumptionToken belongs to {kept['verb']}.")
    return Question(**kept)


def moment(value: str, *, is_end: bool = False) -> datetime:
    """Read a date of the protocol: a day, or a second in UTC. Raises OaiError."""
    for form, length in (("%Y-%m-%d", 10), ("%Y-%m-%dT%H:%M:%SZ", 20)):
        if len(value) == length and value.isascii():
            try:
                found = datetime.strptime(value, form).replace(tzinfo=UTC)
            except ValueError:
                break
            if found.year > LAST_YEAR:
                break
            return found.replace(hour=23, minute=59, second=59) if is_end and length == 10 else found
    raise OaiError("badArgument", "Write dates as 2026-01-20 or 2026-01-20T07:30:00Z.")


def written(value: datetime) -> str:
    """Write a moment as the protocol does."""
    return value.astimezone(UTC).replace(tzinfo=None, microsecond=0).isoformat() + "Z"


def expiry() -> datetime:
    """Until when a token given now can be used."""
    return datetime.fromtimestamp(timezone.now().timestamp() + TOKEN_LIVES, UTC)


def identifier(sid: str) -> str:
    """The identifier of a statement's record (OAI identifier format)."""
    return f"{_before()}{sid}"


def sid_of(value: str) -> str:
    """The id of the statement that an identifier names; empty where it can name none of ours."""
    before = _before()
    sid = value.removeprefix(before)
    return sid if value.startswith(before) and len(sid) == 8 and sid.isascii() and sid.isalnum() else ""


def host() -> str:
    """The site's host, which makes identifiers unique in the world."""
    return urlsplit(settings.SITE_URL).hostname or ""


def _before() -> str:
    return f"oai:{host()}:"


def _check_dates(asked: Question) -> None:
    since, until = asked.since, asked.until
    if since and until:
        if len(asked["from"]) != len(asked["until"]):
            raise OaiError("badArgument", "Write from and until in the same way: both as days, or both to the second.")
        if since > until:
            raise OaiError("badArgument", "from is later than until.")


def _shown(names: Sequence[str]) -> str:
    """Names from outside, cut short: they are written into the answer."""
    return ", ".join(name[:40] for name in names[:5])
