"""What the scripts of the workbench say, in the language of the desk."""

from django.utils.translation import gettext as _


def script_words() -> dict[str, str]:
    """Sentences by the names that the scripts know; ``%s`` stands for what the script puts in."""
    return {
        "kept": _("Kept privately at %s"),
        "keeping": _("Keeping …"),
        "notKept": _("Not kept: %s"),
        "offline": _("the server cannot be reached. What you typed stands here; the next try is made by itself."),
        "loggedOut": _("you have been logged out. What you typed stands here."),
        "logInAgain": _("Log in in another tab, then come back: it goes on by itself."),
        "savedSince": _("Somebody has saved this text meanwhile. When you save, you will see both."),
        "words": _("Words: %s"),
        "left": _("Paragraphs not translated yet: %s"),
        "allTranslated": _("Every paragraph is translated."),
        "untranslated": _("Not translated yet: %s"),
        "nothingToCopy": _("First choose a paragraph of the source."),
        "copied": _("The paragraph of the source stands in the text now."),
        "noSource": _("This paragraph has no partner in the source."),
        "sourceSays": _("The source says: %s"),
    }
