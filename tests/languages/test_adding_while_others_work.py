"""Adding a language in a site where other processes read, write, migrate and add."""

import pytest

from tests.languages.fresh import Site, waiting_for_lines

WORKER = """
    import sys
    from specimens.models import *
    for line in sys.stdin:
        n = line.strip()
        book = Book.objects.get(number="N5")
        book.title_en = f"old process {n}"
        book.save()
        made = Book.objects.create(number=f"made {n}", shelf=book.shelf, title="by the old process")
        made.delete()
        Book.objects.filter(number="N6").update(title=f"update {n}")
        print(len(list(Book.objects.select_related("shelf"))), Book.objects.get(number="N5").title_en, flush=True)
"""


def test_a_process_of_the_old_set_reads_and_writes_while_columns_appear(fresh_site: Site) -> None:
    before = fresh_site.texts()
    with waiting_for_lines(fresh_site.start_code(WORKER)) as say:
        assert say("1") == "30 old process 1"
        fresh_site.manage("add_language", "fa")
        assert "title_fa" in fresh_site.columns("specimens_book")
        assert say("2") == "30 old process 2"
    after = fresh_site.texts()
    assert {key for key in before if before[key] != after[key]} == {"specimens_book.title_en"}


def test_a_new_process_reads_writes_filters_and_falls_back_in_the_new_language(fresh_site: Site) -> None:
    fresh_site.manage("add_language", "ps", "--fallback", "ru")
    out = fresh_site.run_code("""
        from django.utils import translation
        from specimens.models import *
        with translation.override("ps"):
            book = Book.objects.in_language().get(number="N5")
            print(book.title)
            book = Book.objects.get(number="N5")
            book.title = "عنوان"
            book.save()
            print(Book.objects.get(title="عنوان").number, translation.get_language_bidi())
    """)
    assert out.splitlines() == ["title 5 ru Ə ş ı İ", "N5 True"]


def test_several_processes_may_add_at_once(fresh_site: Site) -> None:
    version = fresh_site.version()
    started = [fresh_site.start("manage.py", "add_language", tag) for tag in ("ku", "am", "ku")]
    errors = [process.communicate(timeout=90)[1] for process in started]
    assert sorted(process.returncode for process in started) == [0, 0, 1], errors
    assert sum("is a language of the site already" in error for error in errors) == 1
    assert {"title_ku", "title_am", "summary_ku", "summary_am"} <= fresh_site.columns("specimens_book")
    assert fresh_site.version() == version + 2
    fresh_site.manage("makemigrations", "--check")


def test_a_failure_in_the_middle_leaves_nothing_and_can_be_tried_again(fresh_site: Site) -> None:
    tables = "specimens_book", "specimens_shelf"
    before = [fresh_site.columns(table) for table in tables], fresh_site.version(), fresh_site.texts()
    said = fresh_site.run_code("""
        from django.db import connection
        from memorial.languages.enrol import enrol
        editor = connection.SchemaEditorClass
        add_field, added = editor.add_field, []
        def fail_at_the_third(self, model, field):
            if len(added) == 2:
                raise RuntimeError("the disk is full")
            added.append(field.name)
            add_field(self, model, field)
        editor.add_field = fail_at_the_third
        try:
            enrol("fa", by=None)
        except RuntimeError as error:
            print(len(added), error)
    """)
    assert said == "2 the disk is full"
    after = [fresh_site.columns(table) for table in tables], fresh_site.version(), fresh_site.texts()
    assert after == before
    assert fresh_site.query("SELECT count(*) FROM languages_language WHERE tag = 'fa'") == [(0,)]
    fresh_site.manage("add_language", "fa")
    assert {"title_fa", "summary_fa"} <= fresh_site.columns("specimens_book")


def test_a_long_transaction_in_the_way_delays_adding_and_nobody_else(fresh_site: Site) -> None:
    holder = fresh_site.start_code("""
        import sys
        from django.db import transaction
        from specimens.models import *
        for line in sys.stdin:
            with transaction.atomic():
                Book.objects.filter(number="N1").update(title_en="held")
                print("held", flush=True)
                sys.stdin.readline()
            print("let go", flush=True)
    """)
    with waiting_for_lines(holder) as say:
        assert say("hold") == "held"
        adding = fresh_site.start("manage.py", "add_language", "fa")
        assert fresh_site.run_code("from specimens.models import *; print(len(list(Book.objects.all())))") == "30"
        assert adding.poll() is None, adding.communicate()
        assert say("let go") == "let go"
        _, errors = adding.communicate(timeout=60)
    assert adding.returncode == 0, errors
    assert "title_fa" in fresh_site.columns("specimens_book")


@pytest.mark.parametrize("pooled", ["true", "false"], ids=["own sessions", "behind a pooler"])
def test_migrations_and_adding_wait_for_each_other(fresh_site: Site, pooled: str) -> None:
    fresh_site.environment["DATABASE_POOL"] = pooled
    holder = fresh_site.start_code("""
        import sys
        from django.db import connection
        from memorial.languages.lock import schema_lock
        sys.stdin.readline()
        with schema_lock(connection):
            print("mine", flush=True)
            sys.stdin.readline()
    """)
    with waiting_for_lines(holder) as say:
        assert say("take it") == "mine"
        refused = fresh_site.run_code("""
            from django.db import connection
            from memorial.accounts.refusal import Refused
            from memorial.languages.lock import schema_lock
            try:
                with schema_lock(connection, wait=0.2):
                    print("taken twice")
            except Refused as refused:
                print(refused.reasons[0].code)
        """)
        assert refused == "busy"
    fresh_site.manage("add_language", "fa")
    assert "title_fa" in fresh_site.columns("specimens_book")
