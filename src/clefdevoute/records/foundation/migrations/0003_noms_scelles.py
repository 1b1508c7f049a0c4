"""The names of secret proofs are sealed: a name can tell as much as the paper."""

from django.db import migrations, models

import clefdevoute.records.foundation.encryption

SECRET = ["sante", "secret_social"]


def seal(apps, schema_editor):
    """Seal the names that stand in clear, row by row: each is bound to its own row."""
    for row in apps.get_model("foundation", "ProofFile").objects.filter(classe__in=SECRET).iterator(chunk_size=500):
        row.sealed_name, row.plain_name = row.plain_name, ""
        row.save(update_fields=["sealed_name", "plain_name"])


def open_again(apps, schema_editor):
    """Write the names in clear again."""
    for row in apps.get_model("foundation", "ProofFile").objects.filter(classe__in=SECRET).iterator(chunk_size=500):
        row.plain_name, row.sealed_name = row.sealed_name, None
        row.save(update_fields=["sealed_name", "plain_name"])


class Migration(migrations.Migration):
    dependencies = [("foundation", "0002_envois")]

    operations = [
        migrations.RenameField("prooffile", "filename", "plain_name"),
        migrations.AlterField(
            "prooffile",
            "plain_name",
            models.CharField(blank=True, max_length=200, verbose_name="nom du fichier"),
        ),
        migrations.AddField(
            "prooffile",
            "sealed_name",
            clefdevoute.records.foundation.encryption.EncryptedTextField(
                blank=True, null=True, verbose_name="nom du fichier, scellé"
            ),
        ),
        migrations.RunPython(seal, open_again),
        migrations.AddConstraint(
            "prooffile",
            models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("classe__in", SECRET),
                        ("plain_name", ""),
                        ("sealed_name__isnull", False),
                    ),
                    models.Q(
                        models.Q(("classe__in", SECRET), _negated=True),
                        models.Q(("plain_name", ""), _negated=True),
                        ("sealed_name__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="proof_file_name_sealed_when_secret",
                violation_error_message="Le nom d’une pièce secrète est scellé ; toute pièce a un nom.",
            ),
        ),
    ]
