"""Withdrawals of texts, with what readers are told of them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import memorial.languages.tags


class Migration(migrations.Migration):
    dependencies = [
        ("publishing", "0007_index_of_series"),
        ("statements", "0003_indexes_of_the_desk"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Withdrawal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("language", memorial.languages.tags.LanguageTagField(max_length=20, verbose_name="language")),
                ("number", models.PositiveIntegerField(verbose_name="edition")),
                ("keeps_text", models.BooleanField(verbose_name="the text can still be read")),
                ("reason", models.TextField(verbose_name="reason for readers")),
                ("withdrawn_at", models.DateTimeField(verbose_name="withdrawn")),
                (
                    "statement",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="withdrawals",
                        to="statements.statement",
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "withdrawal",
                "verbose_name_plural": "withdrawals",
                "ordering": ["statement_id", "language", "-number", "keeps_text"],
                "indexes": [models.Index(fields=["withdrawn_at"], name="withdrawals_by_moment")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("statement", "language", "number", "keeps_text"), name="one_withdrawal_a_kind"
                    )
                ],
            },
        ),
    ]
