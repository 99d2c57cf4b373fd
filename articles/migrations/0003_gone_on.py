from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0002_recent_first")]

    operations = [
        migrations.AddField(
            model_name="article",
            name="gone_on",
            field=models.DateField(
                blank=True, help_text="Day on which the original was found to be gone from its address.", null=True
            ),
        ),
    ]
