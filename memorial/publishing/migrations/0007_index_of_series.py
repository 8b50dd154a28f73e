"""An index by which the series of the archive are found without reading every edition."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("publishing", "0006_indexes_for_long_lists")]

    operations = [
        migrations.AddIndex(
            model_name="edition",
            index=models.Index(
                fields=["occasion", "issuer", "language", "-earliest", "-statement", "number", "visible_from"],
                name="editions_of_series",
            ),
        ),
    ]
