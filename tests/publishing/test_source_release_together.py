"""Two people who publish one source at the same moment, on connections of their own."""

from functools import partial

import pytest

from memorial.accounts.models import Role
from memorial.accounts.refusal import Refused
from memorial.publishing.models import SealedFigure, SourceEdition
from memorial.publishing.source_release import publish_source
from tests.builders import a_user
from tests.database import one_after_the_other
from tests.publishing.sources import a_background


@pytest.mark.django_db(transaction=True)
def test_of_two_publishers_one_seals_and_the_other_is_told_why_not() -> None:
    one, two = a_user("one", Role.PUBLISHER), a_user("two", Role.PUBLISHER)
    source = a_background()
    sealed, refused = one_after_the_other(
        partial(publish_source, source, by=one), partial(publish_source, source, by=two)
    )
    assert isinstance(sealed, SourceEdition), sealed
    assert isinstance(refused, Refused), refused
    assert {reason.code for reason in refused.reasons} == {"unchanged", "no-note"}
    assert SourceEdition.objects.get() == sealed
    assert SealedFigure.objects.count() == 2
