"""Asks axe whether a page keeps the Web Content Accessibility Guidelines 2.0 to 2.2, levels A and AA."""

from typing import Any, Literal, NamedTuple

import pytest
from axe_playwright_python.sync_playwright import Axe

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]


class Look(NamedTuple):
    """How a page is seen: in which language, and in which colours."""

    language: str
    colours: Literal["light", "dark"]


# Both directions and both sets of colours: neither bears on the other, so that two looks show what four would.
in_both_looks = pytest.mark.parametrize("look", [Look("az", "light"), Look("fa", "dark")], ids=" ".join)


def violations(page: Any, *, within: str | None = None) -> list[str]:
    """Return what axe finds on the page that is open, one readable paragraph for each rule; empty is good.

    ``within`` is a CSS selector: only that part is looked at.
    """
    # Only what is wrong is told in full, which on a long page spares a third of the time.
    options = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
    results = Axe().run(page, context=within, options=options)
    found = []
    for violation in results.response["violations"]:
        places = "".join(
            f"\n    {' '.join(map(str, node['target']))}: {node['html'][:160]}" for node in violation["nodes"][:5]
        )
        more = len(violation["nodes"]) - 5
        found.append(
            f"{violation['id']} ({violation['impact']}): {violation['help']}{places}"
            + (f"\n    and {more} more" if more > 0 else "")
        )
    return found
