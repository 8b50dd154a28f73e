"""What a rule answers when it says no."""

from django.utils.translation import gettext_lazy

from memorial.accounts.refusal import Reason, Refused


def test_a_refusal_holds_and_says_every_reason() -> None:
    refused = Refused([Reason("no-title", "Enter a title."), Reason("no-source", gettext_lazy("Add a source."))])
    assert [reason.code for reason in refused.reasons] == ["no-title", "no-source"]
    assert str(refused) == "Enter a title.; Add a source."
