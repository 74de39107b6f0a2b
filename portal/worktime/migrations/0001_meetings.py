import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import portal.core.clock
import portal.core.migrating
import portal.worktime.states


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0003_team_mailboxes"),
        ("accounts", "__first__"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        portal.core.migrating.Together(
            operations=[
                migrations.CreateModel(
                    name="PackedTime",
                    fields=[
                        (
                            "user",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                related_name="+",
                                serialize=False,
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("spans", models.BinaryField(default=bytes)),
                        ("covers_from", models.DateField()),
                        ("covers_until", models.DateField()),
                        ("has_pattern", models.BooleanField(default=False)),
                        ("made_at", models.DateTimeField(default=portal.core.clock.now)),
                    ],
                ),
                migrations.CreateModel(
                    name="Booking",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "during",
                            django.contrib.postgres.fields.ranges.DateTimeRangeField(
                                help_text="Half-open, UTC."
                            ),
                        ),
                        ("subject", models.CharField(max_length=60)),
                        ("booked_at", models.DateTimeField(default=portal.core.clock.now)),
                        ("released_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["subject"], name="booking_subject")],
                        "constraints": [
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                condition=models.Q(("released_at__isnull", True)),
                                expressions=[
                                    (
                                        models.Func(
                                            models.F("user_id"),
                                            models.F("user_id"),
                                            models.Value("[]"),
                                            function="int8range",
                                            output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField(),
                                        ),
                                        "&&",
                                    ),
                                    ("during", "&&"),
                                ],
                                name="booking_one_place_at_a_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("during__isempty", False)),
                                name="booking_not_empty",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BookingEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "during",
                            django.contrib.postgres.fields.ranges.DateTimeRangeField(
                                help_text="Half-open, UTC."
                            ),
                        ),
                        ("subject", models.CharField(max_length=60)),
                        ("booked_at", models.DateTimeField(default=portal.core.clock.now)),
                        ("released_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="worktime.booking",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="DayOff",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("starts_at", models.DateTimeField()),
                        ("ends_at", models.DateTimeField()),
                        ("set_at", models.DateTimeField(default=portal.core.clock.now)),
                        (
                            "set_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["starts_at"],
                        "indexes": [
                            models.Index(fields=["user", "starts_at"], name="day_off_of_user")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                                name="day_off_ends_after_it_starts",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DayOffEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("starts_at", models.DateTimeField()),
                        ("ends_at", models.DateTimeField()),
                        ("set_at", models.DateTimeField(default=portal.core.clock.now)),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="worktime.dayoff",
                            ),
                        ),
                        (
                            "set_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="OneOff",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("day", models.DateField()),
                        ("starts", models.TimeField()),
                        ("ends", models.TimeField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("clinic", "Clinic or surgery"),
                                    ("ward-round", "Ward round"),
                                    ("visits", "Calls and visits"),
                                    ("duty", "Duty"),
                                    ("desk", "At work, no appointments"),
                                    ("meeting", "Time for meetings"),
                                    ("not-working", "Not working"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("instead", models.BooleanField(default=False)),
                        ("set_at", models.DateTimeField(default=portal.core.clock.now)),
                        (
                            "set_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["day", "starts"],
                        "indexes": [models.Index(fields=["user", "day"], name="one_off_of_user")],
                    },
                ),
                migrations.CreateModel(
                    name="OneOffEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("day", models.DateField()),
                        ("starts", models.TimeField()),
                        ("ends", models.TimeField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("clinic", "Clinic or surgery"),
                                    ("ward-round", "Ward round"),
                                    ("visits", "Calls and visits"),
                                    ("duty", "Duty"),
                                    ("desk", "At work, no appointments"),
                                    ("meeting", "Time for meetings"),
                                    ("not-working", "Not working"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("instead", models.BooleanField(default=False)),
                        ("set_at", models.DateTimeField(default=portal.core.clock.now)),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="worktime.oneoff",
                            ),
                        ),
                        (
                            "set_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="OutsideCalendar",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("name", models.CharField(max_length=80)),
                        ("sealed_address", models.TextField(blank=True)),
                        ("busy", models.BinaryField(default=bytes)),
                        (
                            "busy_until",
                            models.DateField(
                                blank=True, help_text="How far ahead it was read.", null=True
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    (portal.worktime.states.CalendarState["NEW"], "new"),
                                    (portal.worktime.states.CalendarState["READ"], "read"),
                                    (portal.worktime.states.CalendarState["TROUBLE"], "trouble"),
                                ],
                                default="new",
                                max_length=8,
                            ),
                        ),
                        (
                            "trouble",
                            models.CharField(
                                blank=True,
                                choices=[
                                    (
                                        portal.worktime.states.CalendarTrouble["NOT_FOUND"],
                                        "not-found",
                                    ),
                                    (
                                        portal.worktime.states.CalendarTrouble["NOT_ALLOWED"],
                                        "not-allowed",
                                    ),
                                    (
                                        portal.worktime.states.CalendarTrouble["NO_ANSWER"],
                                        "no-answer",
                                    ),
                                    (portal.worktime.states.CalendarTrouble["INSIDE"], "inside"),
                                    (
                                        portal.worktime.states.CalendarTrouble["TOO_LARGE"],
                                        "too-large",
                                    ),
                                    (
                                        portal.worktime.states.CalendarTrouble["NOT_A_CALENDAR"],
                                        "not-a-calendar",
                                    ),
                                    (
                                        portal.worktime.states.CalendarTrouble["TOO_MANY"],
                                        "too-many",
                                    ),
                                    (portal.worktime.states.CalendarTrouble["LOST"], "lost"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("trouble_since", models.DateTimeField(blank=True, null=True)),
                        ("read_at", models.DateTimeField(blank=True, null=True)),
                        ("next_read_at", models.DateTimeField(blank=True, null=True)),
                        ("etag", models.CharField(blank=True, max_length=200)),
                        ("added_at", models.DateTimeField(default=portal.core.clock.now)),
                        ("removed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["added_at", "pk"],
                        "indexes": [
                            models.Index(fields=["user"], name="calendar_of_user"),
                            models.Index(
                                condition=models.Q(
                                    ("next_read_at__isnull", False), ("removed_at__isnull", True)
                                ),
                                fields=["next_read_at"],
                                name="calendar_due",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("state", portal.worktime.states.CalendarState["TROUBLE"]),
                                        ("trouble_since__isnull", False),
                                        models.Q(("trouble", ""), _negated=True),
                                    ),
                                    models.Q(
                                        models.Q(
                                            (
                                                "state",
                                                portal.worktime.states.CalendarState["TROUBLE"],
                                            ),
                                            _negated=True,
                                        ),
                                        ("trouble", ""),
                                        ("trouble_since__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="calendar_trouble_has_a_name",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OutsideCalendarUserNameRemovedAtEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("name", models.CharField(max_length=80)),
                        ("removed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="user_name_removed_at_events",
                                to="worktime.outsidecalendar",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Pattern",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "place",
                            models.CharField(
                                help_text="As its owner calls it: Park Practice.", max_length=160
                            ),
                        ),
                        (
                            "nation",
                            models.CharField(
                                help_text="Whose bank holidays it keeps.", max_length=20
                            ),
                        ),
                        ("works_on_bank_holidays", models.BooleanField(default=False)),
                        ("weeks", models.PositiveSmallIntegerField(default=1)),
                        ("starts_on", models.DateField()),
                        ("ends_on", models.DateField(blank=True, null=True)),
                        (
                            "buffer_minutes",
                            models.PositiveSmallIntegerField(
                                default=5, help_text="Kept free before and after each clinic."
                            ),
                        ),
                        ("set_at", models.DateTimeField(default=portal.core.clock.now)),
                        (
                            "set_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["starts_on", "pk"],
                        "indexes": [
                            models.Index(fields=["user", "starts_on"], name="pattern_of_user")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("weeks__in", [1, 2])),
                                name="pattern_week_or_fortnight",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_on__isnull", True),
                                    ("ends_on__gt", models.F("starts_on")),
                                    _connector="OR",
                                ),
                                name="pattern_ends_after_it_starts",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("buffer_minutes__lte", 60)),
                                name="pattern_buffer_bounded",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PatternEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "place",
                            models.CharField(
                                help_text="As its owner calls it: Park Practice.", max_length=160
                            ),
                        ),
                        (
                            "nation",
                            models.CharField(
                                help_text="Whose bank holidays it keeps.", max_length=20
                            ),
                        ),
                        ("works_on_bank_holidays", models.BooleanField(default=False)),
                        ("weeks", models.PositiveSmallIntegerField(default=1)),
                        ("starts_on", models.DateField()),
                        ("ends_on", models.DateField(blank=True, null=True)),
                        (
                            "buffer_minutes",
                            models.PositiveSmallIntegerField(
                                default=5, help_text="Kept free before and after each clinic."
                            ),
                        ),
                        ("set_at", models.DateTimeField(default=portal.core.clock.now)),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="worktime.pattern",
                            ),
                        ),
                        (
                            "set_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="PatternSession",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "week",
                            models.PositiveSmallIntegerField(
                                default=0, help_text="0, or 1: the second week."
                            ),
                        ),
                        ("weekday", models.PositiveSmallIntegerField(help_text="Monday is 0.")),
                        ("starts", models.TimeField()),
                        ("ends", models.TimeField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("clinic", "Clinic or surgery"),
                                    ("ward-round", "Ward round"),
                                    ("visits", "Calls and visits"),
                                    ("duty", "Duty"),
                                    ("desk", "At work, no appointments"),
                                    ("meeting", "Time for meetings"),
                                    ("not-working", "Not working"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "pattern",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sessions",
                                to="worktime.pattern",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["week", "weekday", "starts"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("weekday__gte", 0), ("weekday__lte", 6)),
                                name="session_weekday",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("week__in", [0, 1])), name="session_week"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PatternSessionEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "week",
                            models.PositiveSmallIntegerField(
                                default=0, help_text="0, or 1: the second week."
                            ),
                        ),
                        ("weekday", models.PositiveSmallIntegerField(help_text="Monday is 0.")),
                        ("starts", models.TimeField()),
                        ("ends", models.TimeField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("clinic", "Clinic or surgery"),
                                    ("ward-round", "Ward round"),
                                    ("visits", "Calls and visits"),
                                    ("duty", "Duty"),
                                    ("desk", "At work, no appointments"),
                                    ("meeting", "Time for meetings"),
                                    ("not-working", "Not working"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "pattern",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="worktime.pattern",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="worktime.patternsession",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="QuietTime",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("starts_at", models.DateTimeField()),
                        ("ends_at", models.DateTimeField()),
                        (
                            "user",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["user", "ends_at"], name="quiet_time_of_user")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                                name="quiet_time_not_empty",
                            )
                        ],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="booking",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "worktime_bookingevent" ("booked_at", "during", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "released_at", "subject", "user_id") VALUES (NEW."booked_at", NEW."during", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."released_at", NEW."subject", NEW."user_id"); RETURN NULL;',
                            hash="271089ce948a0d4020d35fe0daebd5f6860196ee",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_361c7",
                            table="worktime_booking",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="booking",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "worktime_bookingevent" ("booked_at", "during", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "released_at", "subject", "user_id") VALUES (NEW."booked_at", NEW."during", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."released_at", NEW."subject", NEW."user_id"); RETURN NULL;',
                            hash="6a16a7ad042fbc97018dd687bbf1f22f8ac176f1",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_41058",
                            table="worktime_booking",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="bookingevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="0a9f3b3eada5531a7a74ac91ba266529f90fc3a8",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_ef761",
                            table="worktime_bookingevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="dayoff",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "worktime_dayoffevent" ("ends_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "set_at", "set_by_id", "starts_at", "user_id") VALUES (NEW."ends_at", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."set_at", NEW."set_by_id", NEW."starts_at", NEW."user_id"); RETURN NULL;',
                            hash="8f9c68bdc170bd66192b3493af5acdde4d2bcecc",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_96f9f",
                            table="worktime_dayoff",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="dayoff",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "worktime_dayoffevent" ("ends_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "set_at", "set_by_id", "starts_at", "user_id") VALUES (NEW."ends_at", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."set_at", NEW."set_by_id", NEW."starts_at", NEW."user_id"); RETURN NULL;',
                            hash="39ace88fd666701ee3204c13f985a1c92ad7c9b5",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_36549",
                            table="worktime_dayoff",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="dayoff",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "worktime_dayoffevent" ("ends_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "set_at", "set_by_id", "starts_at", "user_id") VALUES (OLD."ends_at", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."set_at", OLD."set_by_id", OLD."starts_at", OLD."user_id"); RETURN NULL;',
                            hash="d6a8b162f0297b6ad9e195e466972141894b359e",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_e086c",
                            table="worktime_dayoff",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="dayoffevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="6d57fd083189c0426d702cd36b167accce6029e3",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_88fbf",
                            table="worktime_dayoffevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="oneoff",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "worktime_oneoffevent" ("day", "ends", "id", "instead", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "set_at", "set_by_id", "starts", "user_id") VALUES (NEW."day", NEW."ends", NEW."id", NEW."instead", NEW."kind", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."set_at", NEW."set_by_id", NEW."starts", NEW."user_id"); RETURN NULL;',
                            hash="3d7de58f9e7086cec5e67efffa98eaf9d8c3ec8d",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_3036b",
                            table="worktime_oneoff",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="oneoff",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "worktime_oneoffevent" ("day", "ends", "id", "instead", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "set_at", "set_by_id", "starts", "user_id") VALUES (NEW."day", NEW."ends", NEW."id", NEW."instead", NEW."kind", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."set_at", NEW."set_by_id", NEW."starts", NEW."user_id"); RETURN NULL;',
                            hash="e2d26e674435404318164b8469495ccc0d6fe4d4",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_36373",
                            table="worktime_oneoff",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="oneoff",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "worktime_oneoffevent" ("day", "ends", "id", "instead", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "set_at", "set_by_id", "starts", "user_id") VALUES (OLD."day", OLD."ends", OLD."id", OLD."instead", OLD."kind", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."set_at", OLD."set_by_id", OLD."starts", OLD."user_id"); RETURN NULL;',
                            hash="246a93b725068bc745887bac07832ef79daeb2e8",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_1db45",
                            table="worktime_oneoff",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="oneoffevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="91eb88c0fdd34598b22501f655fee807ed3ebd37",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_13149",
                            table="worktime_oneoffevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="outsidecalendar",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "worktime_outsidecalendarusernameremovedatevent" ("name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "removed_at", "user_id") VALUES (NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."removed_at", NEW."user_id"); RETURN NULL;',
                            hash="d9c1b3cac88346e8b602f565161a3ee4b7490e2e",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_33f36",
                            table="worktime_outsidecalendar",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="outsidecalendar",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."removed_at" IS DISTINCT FROM (NEW."removed_at") OR OLD."user_id" IS DISTINCT FROM (NEW."user_id"))',
                            func='INSERT INTO "worktime_outsidecalendarusernameremovedatevent" ("name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "removed_at", "user_id") VALUES (NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."removed_at", NEW."user_id"); RETURN NULL;',
                            hash="12906b16808a2e978cf473a6da1b5e1d0672ac74",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_d2c1a",
                            table="worktime_outsidecalendar",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="outsidecalendarusernameremovedatevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="42263f0dabd01d947086e53419aa08ed9397b1e7",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_3005c",
                            table="worktime_outsidecalendarusernameremovedatevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="pattern",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "worktime_patternevent" ("buffer_minutes", "ends_on", "id", "nation", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "set_at", "set_by_id", "starts_on", "user_id", "version", "weeks", "works_on_bank_holidays") VALUES (NEW."buffer_minutes", NEW."ends_on", NEW."id", NEW."nation", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."place", NEW."set_at", NEW."set_by_id", NEW."starts_on", NEW."user_id", NEW."version", NEW."weeks", NEW."works_on_bank_holidays"); RETURN NULL;',
                            hash="83427b5a823a6ed38791e582ea222cf739ef24fa",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_60a52",
                            table="worktime_pattern",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="pattern",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "worktime_patternevent" ("buffer_minutes", "ends_on", "id", "nation", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "set_at", "set_by_id", "starts_on", "user_id", "version", "weeks", "works_on_bank_holidays") VALUES (NEW."buffer_minutes", NEW."ends_on", NEW."id", NEW."nation", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."place", NEW."set_at", NEW."set_by_id", NEW."starts_on", NEW."user_id", NEW."version", NEW."weeks", NEW."works_on_bank_holidays"); RETURN NULL;',
                            hash="4d0eec312c25bc91926db9f9314aeb4aa8a4c366",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_9f490",
                            table="worktime_pattern",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="pattern",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "worktime_patternevent" ("buffer_minutes", "ends_on", "id", "nation", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "set_at", "set_by_id", "starts_on", "user_id", "version", "weeks", "works_on_bank_holidays") VALUES (OLD."buffer_minutes", OLD."ends_on", OLD."id", OLD."nation", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."place", OLD."set_at", OLD."set_by_id", OLD."starts_on", OLD."user_id", OLD."version", OLD."weeks", OLD."works_on_bank_holidays"); RETURN NULL;',
                            hash="a283eb10ac720bcfe9b87d0fbec81f0f8ff50a05",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_335a0",
                            table="worktime_pattern",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="patternevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="0c746b8864fe94077e48d571ba09394b6f3dbe48",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_d8a81",
                            table="worktime_patternevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="patternsession",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "worktime_patternsessionevent" ("ends", "id", "kind", "pattern_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts", "week", "weekday") VALUES (NEW."ends", NEW."id", NEW."kind", NEW."pattern_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."starts", NEW."week", NEW."weekday"); RETURN NULL;',
                            hash="4b27b4598bb15553a6a883539095937be1631695",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_66a81",
                            table="worktime_patternsession",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="patternsession",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "worktime_patternsessionevent" ("ends", "id", "kind", "pattern_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts", "week", "weekday") VALUES (NEW."ends", NEW."id", NEW."kind", NEW."pattern_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."starts", NEW."week", NEW."weekday"); RETURN NULL;',
                            hash="2487b574493a43b9e795a611d2cdcdd14ede6d51",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_4b35a",
                            table="worktime_patternsession",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="patternsession",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "worktime_patternsessionevent" ("ends", "id", "kind", "pattern_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts", "week", "weekday") VALUES (OLD."ends", OLD."id", OLD."kind", OLD."pattern_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."starts", OLD."week", OLD."weekday"); RETURN NULL;',
                            hash="bd65a038168410842015f5a9f37b2a56508d38d2",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_2b16e",
                            table="worktime_patternsession",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="patternsessionevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="87e792f77f942ee58a042bdff2d1a2d8c92d93f0",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_cfb98",
                            table="worktime_patternsessionevent",
                            when="BEFORE",
                        ),
                    ),
                ),
            ],
        ),
    ]
