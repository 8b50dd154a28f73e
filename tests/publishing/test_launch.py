"""What a language needs before readers see it, and who shows it to them."""

from typing import Any

import pytest
from django.utils import timezone

from memorial.accounts.models import Role, User
from memorial.accounts.refusal import Refused
from memorial.languages.amend import confirm_formats
from memorial.languages.models import Language, LanguageChange, Phrase
from memorial.languages.phrases.standing import phrase_states
from memorial.publishing.launch import BoardLine, LaunchBoard, launch, reasons_not_to_launch
from memorial.publishing.must_have import editions_in, release_requirement, require, required_statements
from memorial.publishing.release import publish
from memorial.statements.models import Issuer, Occasion, Place, Statement
from memorial.translations.save import save_text
from tests.builders import a_statement, a_user, an_issuer, an_occasion, named

BODY = "<p>One.</p>"


@pytest.fixture
def preparing(db: None) -> Language:
    """Persian, not yet public."""
    Language.objects.filter(tag="fa").update(state=Language.State.PREPARING, review=Language.Review.NONE)
    return Language.objects.get(tag="fa")


@pytest.fixture
def published(db: None, publisher: User) -> Statement:
    """A statement of an occasion that readers see in Azerbaijani; its labels have no Persian names."""
    issuer = an_issuer(**named("Example Ministry", "az", "en"), name_fa=None)
    occasion = an_occasion(**named("Day of Examples", "az", "en"), name_fa="")
    statement = a_statement(issuer=issuer, occasion=occasion)
    save_text(statement, "az", title="Bəyanat", summary="", body=BODY, seen=None, by=publisher)
    publish(statement, ["az"], by=publisher)
    return statement


def line(code: str, tag: str = "fa") -> BoardLine:
    """One line of a board."""
    return next(line for line in LaunchBoard.of(tag).lines if line.code == code)


def codes(reasons: Any) -> list[str]:
    """The codes of reasons."""
    return [reason.code for reason in reasons]


def why_not(verb: Any, *args: Any, **options: Any) -> list[str]:
    """The codes of the reasons with which a verb refuses."""
    with pytest.raises(Refused) as refused:
        verb(*args, **options)
    return codes(refused.value.reasons)


def complete_phrases(tag: str) -> None:
    """Save every phrase of the public pages that is missing."""
    for state in phrase_states(tag, part="public", only_missing=True):
        forms = dict.fromkeys(state.categories, "…")
        Phrase.objects.create(language=tag, key=state.source.key, forms=forms, saved_at=timezone.now())


def test_names_are_counted_where_readers_meet_them_and_in_all(preparing: Language, published: Statement) -> None:
    an_issuer("unused", **named("Unused", "az", "en"), name_fa=None)
    Place.objects.create(slug="unused-place", name_en="Unused", name_fa="جا")
    names = line("labels")
    assert (names.done, names.total) == (0, 2)
    assert "1" in names.detail
    assert "4" in names.detail
    Issuer.objects.filter(slug="example-ministry").update(name_fa="وزارت")
    Occasion.objects.update(name_fa="روز")
    assert (line("labels").done, line("labels").is_complete) == (2, True)


def test_statements_must_be_ready_one_by_one_or_by_their_occasion(
    preparing: Language, published: Statement, publisher: User
) -> None:
    assert (line("statements").total, line("statements").is_complete) == (0, True)
    other = a_statement(slug="other")
    assert published.occasion is not None
    require(other, by=publisher)
    require(published.occasion, by=publisher)
    require(published, by=publisher)
    require(published, by=publisher)
    assert set(required_statements()) == {published, other}
    assert (line("statements").done, line("statements").total) == (0, 2)
    save_text(
        published, "fa", title="بیانیه", summary="", body=BODY, seen=None, by=publisher,
        based_on=published.texts.get(language="az").head,
    )  # fmt: skip
    publish(published, ["fa"], by=publisher)
    assert editions_in("fa", [published, other]) == {published.pk: 1}
    assert (line("statements").done, line("statements").total) == (1, 2)
    release_requirement(other, by=publisher)
    assert line("statements").is_complete


def test_only_editors_say_what_must_be_ready(persian_translator: User, published: Statement) -> None:
    assert why_not(require, published, by=persian_translator) == ["not-allowed"]
    assert why_not(release_requirement, published, by=persian_translator) == ["not-allowed"]


def test_a_person_confirms_the_formats(preparing: Language, persian_translator: User) -> None:
    assert (line("formats").done, line("formats").total) == (0, 1)
    confirm_formats("fa", by=persian_translator)
    assert line("formats").is_complete
    assert persian_translator.username in line("formats").detail


def test_phrases_of_the_public_pages_are_counted(preparing: Language) -> None:
    # What the shipped catalogue has is done; a language beside it has all to do.
    complete_phrases("fa")
    phrases = line("phrases")
    assert phrases.total > 100
    assert phrases.is_complete
    Phrase.objects.filter(language="fa").delete()
    assert line("phrases").total == phrases.total


def test_a_complete_board_lets_the_lead_open_the_language(
    preparing: Language, published: Statement, persian_translator: User
) -> None:
    lead = a_user("lead-fa", Role.LEAD, language="fa")
    assert {"labels", "formats"} <= set(codes(reasons_not_to_launch("fa", by=lead)))
    assert {"labels", "formats"} <= set(why_not(launch, "fa", by=lead, reason="Tomorrow is the day."))
    Issuer.objects.update(name_fa="وزارت")
    Occasion.objects.update(name_fa="روز")
    complete_phrases("fa")
    confirm_formats("fa", by=lead)
    assert LaunchBoard.of("fa").is_complete
    assert why_not(launch, "fa", by=persian_translator) == ["not-allowed"]
    assert launch("fa", by=lead).state == Language.State.PUBLIC
    assert Language.objects.get(tag="fa").state == Language.State.PUBLIC
    assert why_not(launch, "fa", by=lead) == ["state"]


def test_an_override_needs_a_reason_and_the_right_and_is_kept(preparing: Language, published: Statement) -> None:
    manager = a_user("manager", Role.LANGUAGE_MANAGER)
    assert "labels" in why_not(launch, "fa", by=manager, reason="  ")
    launch("fa", by=manager, reason=" Tomorrow is the day. ")
    change = LanguageChange.objects.first()
    assert change is not None
    assert (change.action, change.by, change.note) == ("published", manager, "Tomorrow is the day.")


def test_a_language_that_this_process_does_not_know_yet_waits(administrator: User) -> None:
    Language.objects.create(tag="ps", name_en="Pashto", name_own="پښتو", script="Arab", direction="rtl")
    assert codes(reasons_not_to_launch("ps", by=administrator)) == ["reloading"]
    assert codes(reasons_not_to_launch("xx", by=administrator)) == ["unknown"]
