"""An index for lists that are not of one language: the statements as programs ask for them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("publishing", "0004_figures_of_sealed_editions")]

    operations = [
        migrations.AddIndex(
            model_name="edition",
            index=models.Index(
                fields=["-earliest", "-statement", "language", "number", "visible_from"], name="editions_of_all"
            ),
        ),
    ]
