"""The form in which a language is described: by whoever adds or asks for one, and when it is described anew."""

from functools import lru_cache
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from memorial.languages.catalogue import scripts, with_plural_rule
from memorial.languages.cldr import has_plural_rule, locale_of
from memorial.languages.formats import language_here, language_name
from memorial.languages.models import Language
from memorial.text.folding import folded

PLAIN = {"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}


class DescriptionForm(forms.Form):
    """Names, script, direction, plural rule, fallbacks and review of a language. Rules are asked by the verbs."""

    name_own = forms.CharField(
        label=gettext_lazy("Own name"), max_length=80, help_text=gettext_lazy("What its speakers call it.")
    )
    name_en = forms.CharField(label=gettext_lazy("English name"), max_length=80)
    script = forms.CharField(
        label=gettext_lazy("Script"),
        max_length=4,
        widget=forms.TextInput(attrs={**PLAIN, "list": "scripts", "dir": "ltr"}),
        help_text=gettext_lazy("The code of ISO 15924, such as Latn, Cyrl or Arab."),
    )
    direction = forms.ChoiceField(
        label=gettext_lazy("Direction"), choices=Language.Direction.choices, widget=forms.RadioSelect
    )
    plurals_like = forms.ChoiceField(label=gettext_lazy("Plural forms"), required=False)
    review = forms.ChoiceField(
        label=gettext_lazy("Before a text is published"), choices=Language.Review.choices, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, tag: str, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        active = language_here()
        self.fields["plurals_like"].choices = [("", _own_rule(tag)), *plural_languages(active)]  # type: ignore[attr-defined]
        # A name is written in its own direction, whatever the desk's is.
        self.fields["name_own"].widget.attrs.update({**PLAIN, "dir": "auto", **({"lang": tag} if tag else {})})
        self.fields["name_en"].widget.attrs.update({**PLAIN, "dir": "ltr", "lang": "en"})
        others = [(row.tag, row.name_own) for row in Language.objects.with_columns() if row.tag != tag]
        kept = list(self.initial.get("fallbacks", ()))
        self.fallback_names = [f"fallback_{place}" for place in range(1, max(2, len(kept)) + 1)]
        labels = [_("Shown where a name is missing"), _("And where that is missing too")]
        for place, name in enumerate(self.fallback_names):
            self.fields[name] = forms.ChoiceField(
                label=labels[min(place, 1)], required=False, choices=[("", _("the site's default language")), *others]
            )
            self.initial.setdefault(name, kept[place] if place < len(kept) else "")

    def description(self) -> dict[str, Any]:
        """What the verbs take, of a form that is valid."""
        data = self.cleaned_data
        names = ("name_own", "name_en", "script", "direction", "plurals_like", "review")
        chosen = [data[name] for name in self.fallback_names if data[name]]
        return {**{name: data[name] for name in names}, "fallbacks": list(dict.fromkeys(chosen))}

    def scripts(self) -> list[tuple[str, str]]:
        """Codes of scripts with their names in the language of the desk, to be offered while one is typed."""
        return script_names(language_here())


@lru_cache(maxsize=16)
def script_names(tag: str) -> list[tuple[str, str]]:
    """Each script of the catalogue's languages, with its name in a language where CLDR has one."""
    locale = locale_of(tag)
    names = locale.scripts if locale else {}
    return [(code, names.get(code, code)) for code in scripts()]


@lru_cache(maxsize=16)
def plural_languages(tag: str) -> list[tuple[str, str]]:
    """Languages whose plural rule CLDR has, by their names in the language of the desk."""
    locale = locale_of(tag) or locale_of("en")
    names = locale.languages if locale else {}
    known = [(key, language_name(key, tag)) for key in with_plural_rule() if key in names]
    return sorted(known, key=lambda pair: folded(pair[1]))


def _own_rule(tag: str) -> str:
    if tag and has_plural_rule(tag):
        return _("its own, which CLDR has")
    return _("one form for every number")
