"""What the parts of an address look like."""

from django.urls.converters import StringConverter

from memorial.statements.fields import SID_ALPHABET


class LanguageTag(StringConverter):
    """A BCP 47 tag in lower case."""

    regex = "[a-z]{2,3}(?:-[a-z0-9]{2,8})*"


class Sid(StringConverter):
    """The permanent id of a statement."""

    regex = f"[{SID_ALPHABET}]{{8}}"


class Digest(StringConverter):
    """A SHA-256 in lower-case hexadecimal."""

    regex = "[0-9a-f]{64}"


class Token(StringConverter):
    """The secret of a subscription."""

    regex = "[A-Za-z0-9_-]{32}"


class Ordinal:
    """A number from 1, written in one way only."""

    regex = "[1-9][0-9]{0,5}"

    def to_python(self, value: str) -> int:
        """Read the number."""
        return int(value)

    def to_url(self, value: int) -> str:
        """Write the number."""
        return str(value)


class CitationSuffix(StringConverter):
    """The end of an address that gives a statement in a format of ``citing.formats``."""

    regex = r"(?:ris|bib|csl\.json|jsonld|linkset\.json)"
