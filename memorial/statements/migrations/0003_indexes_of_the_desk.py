"""Indexes by which the desk lists and filters statements without sorting all of them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("statements", "0002_study")]

    operations = [
        migrations.AddIndex(
            model_name="statement",
            index=models.Index(fields=["-earliest", "-id"], name="statements_by_day"),
        ),
        migrations.AddIndex(
            model_name="statement",
            index=models.Index(fields=["original_language", "-earliest", "-id"], name="statements_by_language"),
        ),
        migrations.AddIndex(
            model_name="statement",
            index=models.Index(fields=["kind", "-earliest", "-id"], name="statements_by_kind"),
        ),
        migrations.AddIndex(
            model_name="statement",
            index=models.Index(fields=["occasion", "-earliest", "-id"], name="statements_by_occasion"),
        ),
    ]
