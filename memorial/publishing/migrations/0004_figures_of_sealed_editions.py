"""Rows for the figures of editions that were sealed before figures had rows, and the index by which a ledger reads."""

from collections import defaultdict
from itertools import groupby

from django.db import migrations, models

from memorial.statements.fields import new_sid
from memorial.text.dates import parse

BATCH = 500


def give_rows(apps, schema_editor):
    """Give each figure of each edition a row. Nothing that is sealed changes: rows are only added.

    An edition that has rows already is passed over, so that the migration can be run again.
    """
    using = schema_editor.connection.alias
    edition_model = apps.get_model("publishing", "Edition")
    sealed_model = apps.get_model("publishing", "SealedFigure")
    slugs = {
        name: dict(apps.get_model("statements", name)._base_manager.using(using).values_list("slug", "pk"))
        for name in ("Event", "Issuer")
    }
    figures = apps.get_model("statements", "Figure")._base_manager.using(using)
    done = sealed_model._base_manager.using(using).filter(edition=models.OuterRef("pk"))
    editions = (
        edition_model._base_manager.using(using)
        .filter(~models.Exists(done))
        .order_by("statement_id", "language", "-number")
        .values_list("statement_id", "pk", "issuer_id", "facts")
    )
    for statement, group in groupby(editions.iterator(chunk_size=BATCH), key=lambda row: row[0]):
        sealed = [row for row in group if row[3].get("figures")]
        if not sealed:
            continue
        entered = figures.filter(statement_id=statement).order_by("pk").values(
            "fid", "measure", "precision", "minimum", "maximum", "claimed", "claimant_id", "event_id",
            "claimant__slug", "event__slug",
        )  # fmt: skip
        ids = Ids(list(entered))
        rows = []
        for _statement, edition, issuer, facts in sealed:
            for position, (figure, (fid, found)) in enumerate(
                zip(facts["figures"], ids.of(facts["figures"]), strict=True)
            ):
                claimant = slugs["Issuer"].get(figure["claimant"]["slug"]) or (found and found["claimant_id"])
                if claimant is None and figure["claimant"]["slug"] == facts["issuer"]["slug"]:
                    claimant = issuer
                event = slugs["Event"].get(figure["event"]["slug"]) or (found and found["event_id"])
                if claimant is None or event is None:
                    # Renamed since, and the figure taken out of the record: the edition still says it in full.
                    continue
                claimed = parse(figure["claimed"])
                rows.append(
                    sealed_model(
                        fid=fid,
                        edition_id=edition,
                        position=position,
                        event_id=event,
                        claimant_id=claimant,
                        measure=figure["measure"],
                        precision=figure["precision"],
                        minimum=figure["minimum"],
                        maximum=figure["maximum"],
                        claimed=figure["claimed"],
                        earliest=claimed.earliest,
                        latest=claimed.latest,
                    )
                )
        sealed_model._base_manager.using(using).bulk_create(rows, batch_size=BATCH)


class Ids:
    """The ids of one statement's figures: of the figure in the record that a sealed one is, else a new one.

    The same figure in another language or edition has the same id. A sealed figure is the first in the record that
    says the same; failing that, the first of the same claimant, measure and event, whose number was edited since.
    """

    def __init__(self, entered):
        self.entered = entered
        self.new = defaultdict(list)

    def of(self, figures):
        """Return for each figure of one edition its id, and the figure in the record or None."""
        rows = [_as_row(figure) for figure in figures]
        left, found = list(self.entered), {}
        for what in (_exactly, _nearly):
            for position, row in enumerate(rows):
                same = next((each for each in left if what(each) == what(row)), None)
                if position not in found and same is not None:
                    left.remove(same)
                    found[position] = same["fid"], same
        seen = defaultdict(int)
        for position, row in enumerate(rows):
            if position not in found:
                given = self.new[_exactly(row)]
                seen[_exactly(row)] += 1
                if len(given) < seen[_exactly(row)]:
                    given.append(new_sid())
                found[position] = given[seen[_exactly(row)] - 1], None
        return [found[position] for position in range(len(rows))]


def _as_row(figure):
    slugs = {"claimant__slug": figure["claimant"]["slug"], "event__slug": figure["event"]["slug"]}
    return {**figure, **slugs}


def _nearly(row):
    return tuple(row[name] for name in ("measure", "claimant__slug", "event__slug"))


def _exactly(row):
    return (*_nearly(row), *(row[name] for name in ("precision", "minimum", "maximum", "claimed")))


class Migration(migrations.Migration):
    dependencies = [("publishing", "0003_sources_and_figures")]

    operations = [
        migrations.AddIndex(
            model_name="sealedfigure",
            index=models.Index(fields=["event", "earliest", "fid"], name="figures_of_event_by_date"),
        ),
        migrations.RunPython(give_rows, migrations.RunPython.noop),
    ]
