"""What hypothesis makes texts from."""

from hypothesis import strategies as st

WORDS = ["Bakı", "şəhid", "yanvar", "می‌خواهم", "150", "statement", "день", "год", "x", "ı"]
# Characters where normalising, escaping or trimming could go wrong.
AWKWARD = [
    *"aeı \u00a0\n\t\x0c<>&\"'", "\u0338", "\u0301", "e\u0301", "\u200c", "\u200f", "\u202e", "\u2067", "\x00",
    "\ud800",
]  # fmt: skip
PIECES = [
    "<p>", "</p>", "<h1>", "</h1>", "<h2>", "</h2>", "<h4 dir=rtl>", "<ul>", "</ul>", "<ol lang=fa>", "</ol>", "<li>",
    "</li>", "<blockquote>", "</blockquote>", "<em>", "</em>", "<b>", "</b>", "<strong>", "</strong>", "<i>", "</i>",
    "<a href='https://example.org/?a=1&b=\"'>", "<a href=javascript:x>", "</a>", "<span lang=en>", "<span>", "</span>",
    "<br>", "<div dir=rtl>", "</div>", "<table><tr><td>", "</table>", "<o:p>", "<!--", "-->", "<p data-key=p3>",
    "<li data-key=p3>", "<p data-key=p07>", "<script>", "</script>", "<button>", "<bdi>", "&#1;", "&nbsp;", "&lt;",
    "<a",
    *WORDS, *AWKWARD,
]  # fmt: skip

soup = st.lists(st.sampled_from(PIECES), max_size=40).map("".join) | st.text(max_size=60)
sentence = st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join)
kind = st.sampled_from(["p", "p", "p", "h2", "h3", "li"])


def as_html(kinds_and_texts: list[tuple[str, str]]) -> str:
    """Write blocks without keys; each list item in a list of its own."""
    written = [f"<{kind}>{text}</{kind}>" for kind, text in kinds_and_texts]
    return "".join(f"<ul>{block}</ul>" if block.startswith("<li") else block for block in written)


# Blocks whose texts all differ: then there is no doubt which is which.
different_blocks = st.lists(st.tuples(kind, sentence), min_size=1, max_size=8).map(
    lambda pairs: [(kind, f"{text} n{number}n") for number, (kind, text) in enumerate(pairs)]
)
