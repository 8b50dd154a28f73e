"""What may be asked of each list: the declared parameters of the API, and no others."""

from ninja import Schema
from pydantic import Field

from memorial.reading import asked

from .cursors import PATTERN

SLUG = f"^{asked.SLUG.pattern}$"
TAG = r"^[a-z]{2,3}(-[a-z0-9]{2,8}){0,3}$"
LARGEST_PAGE = 100


class Page(Schema):
    """Which page, and how long."""

    cursor: str = Field(
        "", pattern=PATTERN, description="Where the page begins: taken from the address in “next”, never made up."
    )
    limit: int = Field(50, ge=1, le=LARGEST_PAGE, description="How many items a page has at most.")

    def params(self) -> dict[str, str]:
        """What is asked for beside the cursor, for the address of the next page."""
        return {name: str(value) for name, value in self if name != "cursor" and value != type(self).default_of(name)}

    @classmethod
    def default_of(cls, name: str) -> object:
        """The value of a parameter that is not given."""
        return cls.model_fields[name].default


class Editions(Page):
    """Of the editions of a statement."""

    lang: str = Field("", pattern=TAG, description="Only in this language (BCP 47, lower case).", examples=["en"])


class Statements(Page):
    """Of statements: the filters of the readers' pages."""

    q: str = Field(
        "",
        min_length=1,
        max_length=200,
        description="Words to search for, as on the readers’ page: “…” for a phrase, -word for what must not stand "
        "there. What fits best comes first, of the newest thousand that match.",
        examples=["Example"],
    )
    issuer: str = Field("", pattern=SLUG, description="Only of this issuer (slug).")
    occasion: str = Field("", pattern=SLUG, description="Only on this occasion (slug).")
    event: str = Field("", pattern=SLUG, description="Only about this event (slug).")
    place: str = Field("", pattern=SLUG, description="Only those that name this place (slug).")
    year: str = Field(
        "", pattern=r"^[0-9]{4}$", description="Only those whose date can lie in this year.", examples=["2025"]
    )
    lang: str = Field(
        "",
        pattern=TAG,
        description="Only those that can be read in this language, as its readers see them.",
        examples=["en"],
    )
    original: str = Field("", pattern=TAG, description="Only those with this original language.", examples=["az"])


class Figures(Page):
    """Of figures."""

    event: str = Field("", pattern=SLUG, description="Only about this event (slug).")
    claimant: str = Field("", pattern=SLUG, description="Only of this claimant (slug of an issuer).")
    measure: str = Field(
        "", pattern=r"^(killed|injured|missing|detained|displaced|other)$", description="Only of this measure."
    )
    year: str = Field("", pattern=r"^[0-9]{4}$", description="Only those claimed in this year.", examples=["2025"])
    statement: str = Field("", pattern=r"^[0-9a-z]{8}$", description="Only those in this statement (sid).")
