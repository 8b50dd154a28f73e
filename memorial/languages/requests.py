"""Wishes for languages: asked for, added at once or after somebody has approved, declined, tried again."""

import logging
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Any, TypedDict, Unpack

from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from memorial.accounts.models import Grant, Role, User
from memorial.accounts.permission import Action, may
from memorial.accounts.refusal import Reason, Refused

from .enrol import described, enrol, reasons_not_to_enrol
from .models import Language, LanguageRequest
from .readiness import reasons_about_tables, reasons_against

logger = logging.getLogger(__name__)
State = LanguageRequest.State
OPEN = (State.REQUESTED, State.ADDING, State.FAILED)
# Adding takes a second, and half a minute where the tables are busy. After this long the process has died.
PATIENCE = timedelta(minutes=2)


class Description(TypedDict, total=False):
    """How a wish describes a language; what is left out or empty, CLDR describes."""

    name_en: str
    name_own: str
    script: str
    direction: str
    plurals_like: str
    fallbacks: Iterable[str]
    review: str


def open_requests() -> QuerySet[LanguageRequest]:
    """Requests that somebody has still to decide or to try again, the oldest first: their languages are not there."""
    waiting = LanguageRequest.objects.filter(state__in=OPEN).exclude(language__in=Language.objects.values("tag"))
    return waiting.select_related("requested_by").order_by("requested_at", "pk")


def standing(request: LanguageRequest, now: datetime | None = None, *, on_site: Collection[str] | None = None) -> State:
    """What has become of a request, as the tables show it.

    A language that is there has been added, whatever its request says; a process that has been adding for longer than
    ``PATIENCE`` has died without changing anything. One query, none where ``on_site`` (the tags of the site) is given.
    """
    state = State(request.state)
    if state not in OPEN:
        return state
    if on_site is None:
        on_site = Language.objects.filter(tag=request.language).values_list("tag", flat=True)
    if request.language in on_site:
        return State.ADDED
    return State.FAILED if _has_died(request, now or timezone.now()) else state


def reasons_not_to_request(language: Language, *, by: User) -> list[Reason]:
    """Every reason why ``by`` cannot ask for ``language`` (see ``enrol.described``)."""
    return [*_rights(by, Action.REQUEST_LANGUAGE), *reasons_against(language), *_asked_already(language.tag)]


def reasons_not_to_add(language: Language, *, by: User) -> list[Reason]:
    """Every reason why ``by`` cannot add ``language`` (see ``enrol.described``) now, without asking anybody."""
    return [
        *_rights(by, Action.ADD_LANGUAGE), *reasons_against(language), *_asked_already(language.tag),
        *reasons_about_tables(),
    ]  # fmt: skip


def request_language(
    tag: str,
    *,
    by: User,
    reason: str = "",
    **given: Unpack[Description],
) -> LanguageRequest:
    """Ask for a language. What is left empty, CLDR describes. Raises Refused before anything is stored."""
    wish = _wish(tag, reason, by, given)
    if reasons := reasons_not_to_request(language_of(wish), by=by):
        raise Refused(reasons)
    return _stored(wish)


def add_language(
    tag: str,
    *,
    by: User,
    reason: str = "",
    **given: Unpack[Description],
) -> LanguageRequest:
    """Add a language without asking anybody. What is left empty, CLDR describes.
    Raises Refused before anything is stored; what goes wrong later is told by the request that is returned. Not to be
    called in a transaction.
    """
    wish = _wish(tag, reason, by, given)
    if reasons := reasons_not_to_add(language_of(wish), by=by):
        raise Refused(reasons)
    wish.state, wish.decided_by, wish.decided_at = State.ADDING, by, timezone.now()
    return _add(_stored(wish), by=by)


def reasons_not_to_approve(request: LanguageRequest, *, by: User, now: datetime | None = None) -> list[Reason]:
    """Every reason why ``by`` cannot approve a request, or try again what has failed."""
    reasons = _rights(by, Action.ADD_LANGUAGE)
    if standing(request, now) not in {State.REQUESTED, State.FAILED}:
        return [*reasons, _decided()]
    not_allowed = {"not-allowed"}
    return reasons + [
        reason for reason in reasons_not_to_enrol(language_of(request), by=by) if reason.code not in not_allowed
    ]


def approve_request(request: LanguageRequest, *, by: User) -> LanguageRequest:
    """Add the language that was asked for; who asked may translate into it.

    Raises Refused before anything is changed, also when somebody else was faster. Not to be called in a transaction.
    """
    return _begin(request, {State.REQUESTED}, by=by)


def retry_request(request: LanguageRequest, *, by: User) -> LanguageRequest:
    """Try again to add a language after it has failed. Raises Refused like ``approve_request``."""
    return _begin(request, {State.FAILED, State.ADDING}, by=by)


def decline_request(request: LanguageRequest, *, answer: str, by: User) -> LanguageRequest:
    """Answer that the language will not be added, and why. Raises Refused."""
    reasons = _rights(by, Action.ADD_LANGUAGE)
    if not answer.strip():
        reasons.append(Reason("no-answer", _("Say why: whoever asked will read it.")))
    now = timezone.now()
    if standing(request, now) not in {State.REQUESTED, State.FAILED}:
        reasons.append(_decided())
    if reasons:
        raise Refused(reasons)
    _take(request, State.DECLINED, by=by, now=now, answer=answer.strip())
    return request


def _begin(request: LanguageRequest, since: set[State], *, by: User) -> LanguageRequest:
    now = timezone.now()
    reasons = reasons_not_to_approve(request, by=by, now=now)
    if request.state not in since and not any(reason.code == "decided" for reason in reasons):
        reasons.append(_decided())
    if reasons:
        raise Refused(reasons)
    _take(request, State.ADDING, by=by, now=now)
    return _add(request, by=by)


def _take(request: LanguageRequest, state: State, *, by: User, now: datetime, answer: str = "") -> None:
    """Go on only for the one who changes the row as it was seen: others are refused."""
    seen = LanguageRequest.objects.filter(pk=request.pk, state=request.state, decided_at=request.decided_at)
    if not seen.update(state=state, decided_by=by, decided_at=now, answer=answer):
        raise Refused([_decided()])
    request.state, request.decided_by, request.decided_at, request.answer = state, by, now, answer


def _add(request: LanguageRequest, *, by: User) -> LanguageRequest:
    mine = LanguageRequest.objects.filter(pk=request.pk, state=State.ADDING, decided_at=request.decided_at)

    def and_then(language: Language) -> None:
        # In the transaction that adds the language: there is none without the one who asked being able to work in it.
        mine.update(state=State.ADDED, answer="")
        if request.requested_by is not None:
            _let_translate(request.requested_by, language.tag)

    description = _description(request)
    if description["review"] == Language.Review.NONE and not may(by, Action.CHANGE_LANGUAGE):
        # That no review is needed is for those who manage languages to say.
        description["review"] = Language.Review.REVIEWER
    try:
        enrol(request.language, by=by, and_then=and_then, **description)
    except Refused as refused:
        _fail(request, mine, "\n".join(map(str, refused.reasons)))
    except DatabaseError:
        logger.exception("adding the language %s failed", request.language)
        _fail(request, mine, _("The database gave an error, and nothing was changed. The log of the server has it."))
    else:
        request.state, request.answer = State.ADDED, ""
    return request


def _fail(request: LanguageRequest, mine: QuerySet[LanguageRequest], answer: str) -> None:
    mine.update(state=State.FAILED, answer=answer)
    request.state, request.answer = State.FAILED, answer


def _let_translate(user: User, tag: str) -> None:
    """Make somebody a translator in a language in which they have no role, unless they may do all of that anyway."""
    rights = (Action.CHANGE_TEXT, Action.CHANGE_LABEL, Action.CHANGE_PHRASE)
    has_a_role = Grant.objects.filter(user=user, language=tag).exists()
    if user.is_active and not has_a_role and not all(may(user, action, tag) for action in rights):
        Grant.objects.create(user=user, role=Role.TRANSLATOR, language=tag)
        user.__dict__.pop("_kept_grants", None)


def _wish(tag: str, reason: str, by: User, given: Description) -> LanguageRequest:
    description = {**given, "fallbacks": list(given.get("fallbacks", ()))}
    return LanguageRequest(language=tag, reason=reason.strip(), requested_by=by, **description)


def _description(request: LanguageRequest) -> dict[str, Any]:
    """What is known of the language, as ``enrol`` takes it: None where CLDR shall say."""
    given = {name: getattr(request, name) for name in Description.__annotations__}
    return {**given, "direction": given["direction"] or None}


def language_of(request: LanguageRequest) -> Language:
    """The language that a request would add, not stored: as described there, and by CLDR where nothing is said."""
    return described(request.language, **_description(request))


def _stored(wish: LanguageRequest) -> LanguageRequest:
    try:
        with transaction.atomic():
            wish.save(force_insert=True)
    except IntegrityError as error:
        if asked := _asked_already(wish.language):
            raise Refused(asked) from error
        raise
    return wish


def _asked_already(tag: str) -> list[Reason]:
    if not open_requests().filter(language=tag).exists():
        return []
    message = _("Somebody has asked for “%(tag)s” already: see the requests for languages.")
    return [Reason("asked", message % {"tag": tag})]


def _has_died(request: LanguageRequest, now: datetime) -> bool:
    begun = request.decided_at
    return request.state == State.ADDING and (begun is None or begun < now - PATIENCE)


def _rights(by: User, action: Action) -> list[Reason]:
    if may(by, action):
        return []
    if action == Action.ADD_LANGUAGE:
        return [Reason("not-allowed", _("You may not add a language yourself. Ask for it."))]
    return [Reason("not-allowed", _("You may not ask for a language."))]


def _decided() -> Reason:
    return Reason("decided", _("Somebody has decided on this request meanwhile, or the language is there."))
