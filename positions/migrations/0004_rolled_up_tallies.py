"""Daily tallies tell apart how sure statements are; months and outlets get tallies of their own."""

import django.db.models.deletion
from django.db import migrations, models


# The tallies are counted anew from the statements, either way.
STATEMENTS = """(
    select s.actor_id, s.voice, s.issue_id, s.published, a.source_id, s.day, date_trunc('month', s.day)::date as month,
           case when s.reviewed then 10 else coalesce(
               width_bucket(s.confidence, array[0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]::float8[]), 0) end as level,
           s.stance, s.declined, s.reviewed
    from positions_statement s join articles_article a on a.id = s.article_id
    where not s.withdrawn
) statements"""
SUMS = """count(*) filter (where stance = 'support'), count(*) filter (where stance = 'oppose'),
    count(*) filter (where stance = 'neutral'), count(*) filter (where declined)"""
COUNTS = "support, oppose, neutral, declined"


def counted(table: str, *key: str) -> str:
    names = ", ".join(("actor_id", "voice", "issue_id", "published", *key))
    return f"insert into {table} ({names}, {COUNTS}) select {names}, {SUMS} from {STATEMENTS} group by {names}"


BEFORE = f"""insert into positions_dailytally
    (actor_id, voice, issue_id, published, source_id, day, {COUNTS}, reviewed)
    select actor_id, voice, issue_id, published, source_id, day, {SUMS}, count(*) filter (where reviewed)
    from {STATEMENTS} group by actor_id, voice, issue_id, published, source_id, day"""
AFTER = [
    counted("positions_dailytally", "level", "source_id", "day"),
    counted("positions_monthlytally", "level", "month"),
    counted("positions_outlettally", "level", "source_id"),
]
EMPTY = "truncate positions_dailytally"


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0002_recent_first'),
        ('positions', '0003_counted_day'),
    ]

    operations = [
        migrations.RunSQL(EMPTY, BEFORE),
        migrations.CreateModel(
            name='MonthlyTally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('voice', models.CharField(choices=[('government', 'Government'), ('other', 'Other politicians')], max_length=10)),
                ('published', models.BooleanField()),
                ('level', models.PositiveSmallIntegerField(default=0, help_text='Confidence in tenths, rounded down; 10: checked by a person.')),
                ('support', models.PositiveIntegerField(default=0)),
                ('oppose', models.PositiveIntegerField(default=0)),
                ('neutral', models.PositiveIntegerField(default=0)),
                ('declined', models.PositiveIntegerField(default=0, help_text='Of the neutral ones.')),
                ('month', models.DateField(blank=True, help_text='Its first day; empty for statements without a day.', null=True)),
            ],
            options={
                'verbose_name_plural': 'monthly tallies',
            },
        ),
        migrations.CreateModel(
            name='OutletTally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('voice', models.CharField(choices=[('government', 'Government'), ('other', 'Other politicians')], max_length=10)),
                ('published', models.BooleanField()),
                ('level', models.PositiveSmallIntegerField(default=0, help_text='Confidence in tenths, rounded down; 10: checked by a person.')),
                ('support', models.PositiveIntegerField(default=0)),
                ('oppose', models.PositiveIntegerField(default=0)),
                ('neutral', models.PositiveIntegerField(default=0)),
                ('declined', models.PositiveIntegerField(default=0, help_text='Of the neutral ones.')),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='dailytally',
            name='tally_once',
        ),
        migrations.AddField(
            model_name='dailytally',
            name='level',
            field=models.PositiveSmallIntegerField(default=0, help_text='Confidence in tenths, rounded down; 10: checked by a person.'),
        ),
        migrations.AddIndex(
            model_name='dailytally',
            index=models.Index(fields=['day'], name='tally_day'),
        ),
        migrations.AddIndex(
            model_name='extractionrun',
            index=models.Index(fields=['-finished_at'], name='run_finished'),
        ),
        migrations.AddConstraint(
            model_name='dailytally',
            constraint=models.UniqueConstraint(fields=('actor', 'voice', 'issue', 'source', 'day', 'published', 'level'), name='tally_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='dailytally',
            constraint=models.CheckConstraint(condition=models.Q(('level__lte', 10)), name='tally_level'),
        ),
        migrations.AddField(
            model_name='monthlytally',
            name='actor',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='positions.actor'),
        ),
        migrations.AddField(
            model_name='monthlytally',
            name='issue',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='positions.issue'),
        ),
        migrations.AddField(
            model_name='outlettally',
            name='actor',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='positions.actor'),
        ),
        migrations.AddField(
            model_name='outlettally',
            name='issue',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='positions.issue'),
        ),
        migrations.AddField(
            model_name='outlettally',
            name='source',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='articles.source'),
        ),
        migrations.RemoveField(
            model_name='dailytally',
            name='reviewed',
        ),
        migrations.AddIndex(
            model_name='monthlytally',
            index=models.Index(fields=['month'], name='tally_month'),
        ),
        migrations.AddConstraint(
            model_name='monthlytally',
            constraint=models.UniqueConstraint(fields=('actor', 'voice', 'issue', 'month', 'published', 'level'), name='monthly_tally_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='monthlytally',
            constraint=models.CheckConstraint(condition=models.Q(('declined__lte', models.F('neutral'))), name='monthly_tally_declined_within_neutral'),
        ),
        migrations.AddConstraint(
            model_name='monthlytally',
            constraint=models.CheckConstraint(condition=models.Q(('level__lte', 10)), name='monthly_tally_level'),
        ),
        migrations.AddConstraint(
            model_name='outlettally',
            constraint=models.UniqueConstraint(fields=('actor', 'voice', 'issue', 'source', 'published', 'level'), name='outlet_tally_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='outlettally',
            constraint=models.CheckConstraint(condition=models.Q(('declined__lte', models.F('neutral'))), name='outlet_tally_declined_within_neutral'),
        ),
        migrations.AddConstraint(
            model_name='outlettally',
            constraint=models.CheckConstraint(condition=models.Q(('level__lte', 10)), name='outlet_tally_level'),
        ),
        migrations.RunSQL(AFTER, EMPTY),
    ]
