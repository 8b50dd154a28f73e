"""Asks axe whether a page keeps the Web Content Accessibility Guidelines 2.0 to 2.2, levels A and AA."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]


def violations(page: Any, *, within: str | None = None) -> list[str]:
    """Return what axe finds on the page that is open, one readable paragraph for each rule; empty is good.

    ``within`` is a CSS selector: only that part is looked at.
    """
    results = Axe().run(page, context=within, options={"runOnly": {"type": "tag", "values": TAGS}})
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
