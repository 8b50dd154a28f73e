"""What a phrase must keep of its source: placeholders, markup, and a length that fits the page."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

from django.utils.translation import gettext as _

from memorial.accounts.refusal import Reason

from .plurals import single_number
from .source import Source

# %(name)s, %s (Python, blocktranslate) and {name}, {} (str.format). A doubled sign stands for itself.
_PERCENT = re.compile(r"%(?:\((\w+)\))?[-+#0]*\d*(?:\.\d+)?([sdfri])")
_BRACES = re.compile(r"\{(\w*)(?:![rsa])?(?::[^{}]*)?\}")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
# Longer than any good translation of a short or a long source.
_LONGEST, _TIMES = 80, 5


def reasons_against_form(source: Source, tag: str, category: str, text: str) -> list[Reason]:
    """Every reason why ``text`` cannot stand for ``source`` in the plural category."""
    return [
        *_about_characters(text),
        *_about_length(source, text),
        *_about_placeholders(source, tag, category, text),
        *_about_markup(source, text),
    ]


def fitted(source: Source, text: str) -> str:
    """Return ``text`` in Unicode's composed form, with the line ends and the white space around it that the source has.

    A space at the end is not seen in a field, and nobody can be asked to type it.
    """
    inner = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if not inner:
        return ""
    core = source.singular.strip()
    before, _core, after = source.singular.partition(core) if core else ("", "", "")
    return f"{before}{inner}{after}"


def placeholders(text: str) -> Counter[str]:
    """Return the placeholders of a string, each with the number of times it stands there."""
    text = text.replace("%%", "")
    found = Counter(match.group() for match in _PERCENT.finditer(text))
    found.update(match.group() for match in _BRACES.finditer(text.replace("{{", "").replace("}}", "")))
    return found


def _about_characters(text: str) -> list[Reason]:
    strange = {c for c in text if unicodedata.category(c) in {"Cc", "Cs", "Cn", "Co"} and c not in "\n\t"}
    if not strange:
        return []
    names = ", ".join(sorted(f"U+{ord(c):04X}" for c in strange))
    return [Reason("characters", _("Remove the characters that cannot be shown: %(names)s.") % {"names": names})]


def _about_length(source: Source, text: str) -> list[Reason]:
    limit = _LONGEST + _TIMES * max(len(source.singular), len(source.plural))
    if len(text) <= limit:
        return []
    message = _("This has %(length)d characters; shorten it to %(limit)d.")
    return [Reason("too-long", message % {"length": len(text), "limit": limit})]


def _about_placeholders(source: Source, tag: str, category: str, text: str) -> list[Reason]:
    given = placeholders(text)
    most = placeholders(source.plural or source.singular)
    known = set(most) | set(placeholders(source.singular))
    # A form that stands for one number alone may write it in words: “one statement”.
    is_free = source.is_plural and single_number(tag, category) is not None
    needed = set(most) - (_numbers(source) if is_free else set())
    reasons = []
    if strange := sorted(set(given) - known):
        message = _("The source has no %(placeholders)s: nothing can be put there.")
        reasons.append(Reason("placeholders", message % {"placeholders": ", ".join(strange)}))
    if missing := sorted(needed - set(given)):
        message = _("Keep %(placeholders)s as it is: the site puts a value there.")
        reasons.append(Reason("placeholders", message % {"placeholders": ", ".join(missing)}))
    # Where values are taken by their order, each is taken once.
    by_order = {name for name in known if re.fullmatch(r"%[^(]*[sdfri]|\{\}", name)}
    if not missing and any(given[name] != most[name] for name in by_order):
        names = ", ".join(sorted(by_order))
        message = _("Keep %(placeholders)s as often as the source has it.")
        reasons.append(Reason("placeholders", message % {"placeholders": names}))
    return reasons or _about_lone_signs(source, text)


def _about_lone_signs(source: Source, text: str) -> list[Reason]:
    """A lone sign breaks the formatting of the whole string where values are put into it."""
    has_values = any("%" in name for name in placeholders(source.plural or source.singular))
    in_templates = bool(source.references) and all(path.startswith("templates/") for path in source.references)
    rest = _PERCENT.sub("", text.replace("%%", "")) if has_values else text.replace("%%", "")
    if "%" in rest and (has_values or in_templates):
        return [Reason("placeholders", _("Write %(doubled)s for a percent sign.") % {"doubled": "%%"})]
    if any("{" in name for name in placeholders(source.plural or source.singular)):
        rest = _BRACES.sub("", text.replace("{{", "").replace("}}", ""))
        if {"{", "}"} & set(rest):
            return [Reason("placeholders", _("Write %(doubled)s for a brace.") % {"doubled": "{{ }}"})]
    return []


def _numbers(source: Source) -> set[str]:
    """The placeholders that hold what is counted: those of a number, or that the singular does without."""
    most = set(placeholders(source.plural))
    if len(most) == 1:
        return most
    omitted = most - set(placeholders(source.singular))
    typed = {name for name in most if name.endswith(("d", "i"))}
    return omitted or typed


def _about_markup(source: Source, text: str) -> list[Reason]:
    """Templates write a phrase into the page as it is: it has the source's tags, each as often, and no other."""
    ours, theirs = _tags(source.plural or source.singular), _tags(text)
    reasons = []
    if ours != theirs:
        reasons.append(Reason("markup", _tags_message(ours)))
    elif "<" in _TAG.sub("", text) and "<" not in _TAG.sub("", source.singular):
        reasons.append(Reason("markup", _("Write no “<”: it begins markup.")))
    if '"' in _TAG.sub("", text) and '"' not in _TAG.sub("", source.singular):
        message = _("Use the quotation marks of your language instead of the straight double ones.")
        reasons.append(Reason("quotation-marks", message))
    return reasons


def _tags(text: str) -> Counter[str]:
    return Counter(_TAG.findall(text))


def _tags_message(tags: Iterable[str]) -> str:
    if names := " ".join(tags):
        return _("Keep the markup of the source as it is, and add none: %(tags)s") % {"tags": names}
    return _("The source has no markup: remove it.")
