from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('positions', '0005_saved_views'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='statement',
            name='statement_cell',
        ),
        migrations.AddIndex(
            model_name='statement',
            index=models.Index(models.F('issue'), models.F('actor'), models.OrderBy(models.F('day'), descending=True, nulls_last=True), models.OrderBy(models.F('id'), descending=True), condition=models.Q(('withdrawn', False)), name='statement_newest'),
        ),
    ]
