"""Indexes by which a list stays quick in a large archive: by the last day of a date, and by how complete."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("publishing", "0005_editions_of_all")]

    operations = [
        migrations.AddIndex(
            model_name="edition",
            index=models.Index(
                fields=["language", "-earliest", "-statement", "number", "visible_from", "latest"],
                name="editions_by_day",
            ),
        ),
        migrations.RemoveIndex(model_name="edition", name="editions_by_date"),
        migrations.AddIndex(
            model_name="edition",
            index=models.Index(
                fields=["language", "-latest", "statement", "number", "visible_from"], name="editions_by_last_day"
            ),
        ),
        migrations.AddIndex(
            model_name="edition",
            index=models.Index(
                fields=[
                    "issuer",
                    "language",
                    "-earliest",
                    "-statement",
                    "number",
                    "visible_from",
                    "completeness",
                ],
                name="editions_of_issuer",
            ),
        ),
        migrations.RemoveIndex(model_name="edition", name="editions_by_issuer"),
    ]
