import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import meetings.states
import portal.core.clock
import portal.core.migrating
import portal.worktime.states


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0003_team_mailboxes"),
        ("accounts", "__first__"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("referrals", "0005_undone_reopened_reminded"),
    ]

    operations = [
        portal.core.migrating.Together(
            operations=[
                migrations.CreateModel(
                    name="Action",
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
                        ("text", models.TextField()),
                        ("due_on", models.DateField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    (meetings.states.ActionState["OPEN"], "open"),
                                    (meetings.states.ActionState["DONE"], "done"),
                                    (meetings.states.ActionState["EXPLAINED"], "explained"),
                                ],
                                default="open",
                                max_length=9,
                            ),
                        ),
                        (
                            "words",
                            models.TextField(
                                blank=True, help_text="What was done, or why it was not."
                            ),
                        ),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "is_improvement",
                            models.BooleanField(
                                default=False,
                                help_text="Of a reflection: looked at first next time.",
                            ),
                        ),
                        ("reminded_on", models.DateField(blank=True, null=True)),
                        ("at", models.DateTimeField(default=portal.core.clock.now)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "ended_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "referral",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="referrals.referral",
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="actions",
                                to="meetings.item",
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="actions",
                                to="meetings.meeting",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["due_on", "pk"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", meetings.states.ActionState["OPEN"])),
                                fields=["owner", "due_on"],
                                name="action_open_of_owner",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("ended_at__isnull", True),
                                        ("ended_by__isnull", True),
                                        ("state", meetings.states.ActionState["OPEN"]),
                                    ),
                                    models.Q(
                                        ("ended_at__isnull", False),
                                        ("ended_by__isnull", False),
                                        models.Q(
                                            ("state", meetings.states.ActionState["OPEN"]),
                                            _negated=True,
                                        ),
                                    ),
                                    _connector="OR",
                                ),
                                name="action_ended_by_somebody",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("state", meetings.states.ActionState["EXPLAINED"]),
                                        _negated=True,
                                    ),
                                    models.Q(("words", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="action_explained_in_words",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Guest",
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
                            "kind",
                            models.CharField(
                                choices=[
                                    (meetings.states.Guest["PERSON"], "person"),
                                    (meetings.states.Guest["CARER"], "carer"),
                                ],
                                max_length=6,
                            ),
                        ),
                        ("needs", models.TextField(blank=True)),
                        ("wishes", models.TextField(blank=True)),
                        ("told_how", models.CharField(blank=True, max_length=200)),
                        ("comes", models.BooleanField(blank=True, null=True)),
                        ("invited_at", models.DateTimeField(default=portal.core.clock.now)),
                        ("removed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "invited_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="guests",
                                to="meetings.item",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("removed_at__isnull", True)),
                                fields=("item", "kind"),
                                name="guest_of_item_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Item",
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
                        ("position", models.PositiveSmallIntegerField()),
                        ("title", models.CharField(help_text="Names no person.", max_length=160)),
                        ("points", models.TextField(blank=True)),
                        ("minutes", models.PositiveSmallIntegerField()),
                        (
                            "starts_at",
                            models.DateTimeField(
                                blank=True, help_text="As planned when booked.", null=True
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    (meetings.states.ItemState["OPEN"], "open"),
                                    (meetings.states.ItemState["DONE"], "done"),
                                    (meetings.states.ItemState["PUT_OFF"], "put-off"),
                                ],
                                default="open",
                                max_length=8,
                            ),
                        ),
                        ("begun_at", models.DateTimeField(blank=True, null=True)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "safe_online",
                            models.BooleanField(
                                blank=True,
                                help_text="Whether the person may see online what is filed of it; asked when it ends.",
                                null=True,
                            ),
                        ),
                        ("hide_because", models.TextField(blank=True)),
                        ("added_at", models.DateTimeField(default=portal.core.clock.now)),
                        ("removed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "added_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "follows",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="meetings.action",
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "referral",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="referrals.referral",
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="items",
                                to="meetings.meeting",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["position", "pk"],
                        "indexes": [models.Index(fields=["referral"], name="item_of_referral")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("minutes__gte", 5)), name="item_takes_time"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("safe_online", False),
                                        models.Q(("hide_because", ""), _negated=True),
                                    ),
                                    models.Q(
                                        models.Q(
                                            ("safe_online__isnull", True),
                                            ("safe_online", True),
                                            _connector="OR",
                                        ),
                                        ("hide_because", ""),
                                    ),
                                    _connector="OR",
                                ),
                                name="item_hidden_for_a_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="GuestEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    (meetings.states.Guest["PERSON"], "person"),
                                    (meetings.states.Guest["CARER"], "carer"),
                                ],
                                max_length=6,
                            ),
                        ),
                        ("needs", models.TextField(blank=True)),
                        ("wishes", models.TextField(blank=True)),
                        ("told_how", models.CharField(blank=True, max_length=200)),
                        ("comes", models.BooleanField(blank=True, null=True)),
                        ("invited_at", models.DateTimeField(default=portal.core.clock.now)),
                        ("removed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "invited_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
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
                                to="meetings.guest",
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="meetings.item",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Decision",
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
                        ("body", models.TextField()),
                        ("at", models.DateTimeField(default=portal.core.clock.now)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "referral",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="referrals.referral",
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="decisions",
                                to="meetings.item",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["at", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Contribution",
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
                        ("asked_at", models.DateTimeField(default=portal.core.clock.now)),
                        ("body", models.TextField(blank=True)),
                        ("written_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "used",
                            models.TextField(
                                blank=True, help_text="How it was taken into account."
                            ),
                        ),
                        ("used_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "used_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="contributions",
                                to="meetings.item",
                            ),
                        ),
                        (
                            "participant",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="contributions",
                                to="meetings.participant",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["asked_at", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("body", ""), ("written_at__isnull", True)),
                                    models.Q(
                                        ("written_at__isnull", False),
                                        models.Q(("body", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="contribution_written_pair",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("used", ""),
                                        ("used_at__isnull", True),
                                        ("used_by__isnull", True),
                                    ),
                                    models.Q(
                                        ("used_at__isnull", False),
                                        ("used_by__isnull", False),
                                        models.Q(("used", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="contribution_used_by_somebody",
                            ),
                            models.UniqueConstraint(
                                fields=("item", "participant"), name="contribution_once"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ItemNeed",
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
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="needs",
                                to="meetings.item",
                            ),
                        ),
                        (
                            "participant",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="needs",
                                to="meetings.participant",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("item", "participant"), name="item_need_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Meeting",
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
                        ("reference", models.CharField(max_length=16, unique=True)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    (meetings.states.Kind["CASE"], "Case meeting"),
                                    (
                                        meetings.states.Kind["NEIGHBOURHOOD"],
                                        "Neighbourhood meeting",
                                    ),
                                    (meetings.states.Kind["PRACTICE"], "Practice meeting"),
                                    (meetings.states.Kind["FIRST"], "First meeting"),
                                    (meetings.states.Kind["VISIT"], "Visit"),
                                    (meetings.states.Kind["REFLECTION"], "Service reflection"),
                                ],
                                max_length=14,
                            ),
                        ),
                        ("title", models.CharField(max_length=120)),
                        ("series_day", models.DateField(blank=True, null=True)),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    (meetings.states.Status["ARRANGING"], "Looking for a time"),
                                    (meetings.states.Status["BOOKED"], "Booked"),
                                    (meetings.states.Status["HELD"], "Held"),
                                    (meetings.states.Status["CANCELLED"], "Cancelled"),
                                ],
                                default="arranging",
                                max_length=10,
                            ),
                        ),
                        ("minutes", models.PositiveSmallIntegerField()),
                        (
                            "how",
                            models.CharField(
                                choices=[
                                    (meetings.states.How["VIDEO"], "by video"),
                                    (meetings.states.How["TELEPHONE"], "by telephone"),
                                    (meetings.states.How["IN_PERSON"], "in person"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("where", models.CharField(blank=True, max_length=300)),
                        ("from_day", models.DateField()),
                        ("until_day", models.DateField()),
                        ("earliest", models.TimeField()),
                        ("latest", models.TimeField()),
                        ("starts_at", models.DateTimeField(blank=True, null=True)),
                        ("ends_at", models.DateTimeField(blank=True, null=True)),
                        ("uid", models.CharField(max_length=80, unique=True)),
                        ("sequence", models.PositiveIntegerField(default=0)),
                        ("begun_at", models.DateTimeField(blank=True, null=True)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        ("created_at", models.DateTimeField(default=portal.core.clock.now)),
                        ("changed_at", models.DateTimeField(default=portal.core.clock.now)),
                        (
                            "note_taker",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "organiser",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "other_team",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.team",
                            ),
                        ),
                        (
                            "team",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.team",
                            ),
                        ),
                        (
                            "series",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="meetings",
                                to="meetings.series",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["team", "starts_at"], name="meeting_of_team"),
                            models.Index(fields=["status", "starts_at"], name="meeting_by_status"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("ends_at__isnull", True), ("starts_at__isnull", True)
                                    ),
                                    models.Q(
                                        ("ends_at__gt", models.F("starts_at")),
                                        ("ends_at__isnull", False),
                                        ("starts_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="meeting_time_pair",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        (
                                            "status__in",
                                            [
                                                meetings.states.Status["BOOKED"],
                                                meetings.states.Status["HELD"],
                                            ],
                                        ),
                                        _negated=True,
                                    ),
                                    ("starts_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="meeting_has_a_time_once_booked",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("until_day__gt", models.F("from_day"))),
                                name="meeting_days_in_order",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("series__isnull", False), ("series_day__isnull", False)
                                ),
                                fields=("series", "series_day"),
                                name="meeting_of_series_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ItemEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("position", models.PositiveSmallIntegerField()),
                        ("title", models.CharField(help_text="Names no person.", max_length=160)),
                        ("points", models.TextField(blank=True)),
                        ("minutes", models.PositiveSmallIntegerField()),
                        (
                            "starts_at",
                            models.DateTimeField(
                                blank=True, help_text="As planned when booked.", null=True
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    (meetings.states.ItemState["OPEN"], "open"),
                                    (meetings.states.ItemState["DONE"], "done"),
                                    (meetings.states.ItemState["PUT_OFF"], "put-off"),
                                ],
                                default="open",
                                max_length=8,
                            ),
                        ),
                        ("begun_at", models.DateTimeField(blank=True, null=True)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "safe_online",
                            models.BooleanField(
                                blank=True,
                                help_text="Whether the person may see online what is filed of it; asked when it ends.",
                                null=True,
                            ),
                        ),
                        ("hide_because", models.TextField(blank=True)),
                        ("added_at", models.DateTimeField(default=portal.core.clock.now)),
                        ("removed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "added_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "follows",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="meetings.action",
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
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
                                to="meetings.item",
                            ),
                        ),
                        (
                            "referral",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="referrals.referral",
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="meetings.meeting",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ActionEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("text", models.TextField()),
                        ("due_on", models.DateField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    (meetings.states.ActionState["OPEN"], "open"),
                                    (meetings.states.ActionState["DONE"], "done"),
                                    (meetings.states.ActionState["EXPLAINED"], "explained"),
                                ],
                                default="open",
                                max_length=9,
                            ),
                        ),
                        (
                            "words",
                            models.TextField(
                                blank=True, help_text="What was done, or why it was not."
                            ),
                        ),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "is_improvement",
                            models.BooleanField(
                                default=False,
                                help_text="Of a reflection: looked at first next time.",
                            ),
                        ),
                        ("reminded_on", models.DateField(blank=True, null=True)),
                        ("at", models.DateTimeField(default=portal.core.clock.now)),
                        (
                            "by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "ended_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
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
                                to="meetings.action",
                            ),
                        ),
                        (
                            "referral",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="referrals.referral",
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="meetings.item",
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="meetings.meeting",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="MeetingChange",
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
                            "event",
                            models.CharField(
                                choices=[
                                    (meetings.states.Event["BOOK"], "book"),
                                    (meetings.states.Event["MOVE"], "move"),
                                    (meetings.states.Event["CANCEL"], "cancel"),
                                    (meetings.states.Event["BEGIN"], "begin"),
                                    (meetings.states.Event["END"], "end"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        ("note", models.TextField(blank=True)),
                        ("starts_at", models.DateTimeField(blank=True, null=True)),
                        ("ends_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="changes",
                                to="meetings.meeting",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["at", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Note",
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
                        ("body", models.TextField(blank=True)),
                        ("saved_at", models.DateTimeField(default=portal.core.clock.now)),
                        (
                            "item",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="note",
                                to="meetings.item",
                            ),
                        ),
                        (
                            "saved_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="NoteEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("body", models.TextField(blank=True)),
                        ("saved_at", models.DateTimeField(default=portal.core.clock.now)),
                        (
                            "item",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="meetings.item",
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
                                to="meetings.note",
                            ),
                        ),
                        (
                            "saved_by",
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
                    name="Participant",
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
                            "need",
                            models.CharField(
                                choices=[
                                    (meetings.states.Need["MUST"], "must"),
                                    (meetings.states.Need["MAY"], "may"),
                                ],
                                default="must",
                                max_length=4,
                            ),
                        ),
                        (
                            "attendance",
                            models.CharField(
                                choices=[
                                    (meetings.states.Attendance["NOT_PLANNED"], "not-planned"),
                                    (meetings.states.Attendance["WHOLE"], "whole"),
                                    (meetings.states.Attendance["PART"], "part"),
                                    (meetings.states.Attendance["WRITING"], "writing"),
                                    (meetings.states.Attendance["MISSING"], "missing"),
                                ],
                                default="not-planned",
                                max_length=12,
                            ),
                        ),
                        ("starts_at", models.DateTimeField(blank=True, null=True)),
                        ("ends_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "answer",
                            models.CharField(
                                choices=[
                                    (meetings.states.Answer["NONE"], "none"),
                                    (meetings.states.Answer["YES"], "yes"),
                                    (meetings.states.Answer["NO"], "no"),
                                    (meetings.states.Answer["WRITING"], "writing"),
                                ],
                                default="none",
                                max_length=8,
                            ),
                        ),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                        ("clinic_minutes", models.PositiveIntegerField(default=0)),
                        (
                            "came",
                            models.CharField(
                                blank=True,
                                choices=[
                                    (meetings.states.Attendance["NOT_PLANNED"], "not-planned"),
                                    (meetings.states.Attendance["WHOLE"], "whole"),
                                    (meetings.states.Attendance["PART"], "part"),
                                    (meetings.states.Attendance["WRITING"], "writing"),
                                    (meetings.states.Attendance["MISSING"], "missing"),
                                ],
                                help_text="How they took part, as it was; said when the meeting ends.",
                                max_length=12,
                            ),
                        ),
                        (
                            "clash",
                            models.CharField(
                                blank=True,
                                choices=[
                                    (meetings.states.Clash["CLINIC"], "clinic"),
                                    (meetings.states.Clash["LEAVE"], "leave"),
                                    (meetings.states.Clash["BUSY"], "busy"),
                                    (meetings.states.Clash["AWAY"], "away"),
                                ],
                                default="",
                                max_length=8,
                            ),
                        ),
                        ("clash_told_at", models.DateTimeField(blank=True, null=True)),
                        ("added_at", models.DateTimeField(default=portal.core.clock.now)),
                        ("removed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="participants",
                                to="meetings.meeting",
                            ),
                        ),
                        (
                            "team",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.team",
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
                        "ordering": ["pk"],
                        "indexes": [
                            models.Index(fields=["user", "starts_at"], name="participant_of_user")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("meeting", "user"), name="participant_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("clash", ""), ("clash_told_at__isnull", True)),
                                    models.Q(
                                        models.Q(("clash", ""), _negated=True),
                                        ("clash_told_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="participant_clash_is_told",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        (
                                            "attendance__in",
                                            [
                                                meetings.states.Attendance["WHOLE"],
                                                meetings.states.Attendance["PART"],
                                            ],
                                        ),
                                        ("ends_at__gt", models.F("starts_at")),
                                        ("starts_at__isnull", False),
                                    ),
                                    models.Q(
                                        (
                                            "attendance__in",
                                            [
                                                meetings.states.Attendance["NOT_PLANNED"],
                                                meetings.states.Attendance["WRITING"],
                                                meetings.states.Attendance["MISSING"],
                                            ],
                                        ),
                                        ("ends_at__isnull", True),
                                        ("starts_at__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="participant_is_there_at_a_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ItemNeedEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "item",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="meetings.item",
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
                                to="meetings.itemneed",
                            ),
                        ),
                        (
                            "participant",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="meetings.participant",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ContributionEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("asked_at", models.DateTimeField(default=portal.core.clock.now)),
                        ("body", models.TextField(blank=True)),
                        ("written_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "used",
                            models.TextField(
                                blank=True, help_text="How it was taken into account."
                            ),
                        ),
                        ("used_at", models.DateTimeField(blank=True, null=True)),
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
                                to="meetings.contribution",
                            ),
                        ),
                        (
                            "used_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="meetings.item",
                            ),
                        ),
                        (
                            "participant",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="meetings.participant",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="AnswerLink",
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
                        ("token_digest", models.CharField(max_length=64, unique=True)),
                        ("made_at", models.DateTimeField(default=portal.core.clock.now)),
                        ("expires_at", models.DateTimeField()),
                        ("revoked_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "participant",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="meetings.participant",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="ParticipantEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "need",
                            models.CharField(
                                choices=[
                                    (meetings.states.Need["MUST"], "must"),
                                    (meetings.states.Need["MAY"], "may"),
                                ],
                                default="must",
                                max_length=4,
                            ),
                        ),
                        (
                            "attendance",
                            models.CharField(
                                choices=[
                                    (meetings.states.Attendance["NOT_PLANNED"], "not-planned"),
                                    (meetings.states.Attendance["WHOLE"], "whole"),
                                    (meetings.states.Attendance["PART"], "part"),
                                    (meetings.states.Attendance["WRITING"], "writing"),
                                    (meetings.states.Attendance["MISSING"], "missing"),
                                ],
                                default="not-planned",
                                max_length=12,
                            ),
                        ),
                        ("starts_at", models.DateTimeField(blank=True, null=True)),
                        ("ends_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "answer",
                            models.CharField(
                                choices=[
                                    (meetings.states.Answer["NONE"], "none"),
                                    (meetings.states.Answer["YES"], "yes"),
                                    (meetings.states.Answer["NO"], "no"),
                                    (meetings.states.Answer["WRITING"], "writing"),
                                ],
                                default="none",
                                max_length=8,
                            ),
                        ),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                        ("clinic_minutes", models.PositiveIntegerField(default=0)),
                        (
                            "came",
                            models.CharField(
                                blank=True,
                                choices=[
                                    (meetings.states.Attendance["NOT_PLANNED"], "not-planned"),
                                    (meetings.states.Attendance["WHOLE"], "whole"),
                                    (meetings.states.Attendance["PART"], "part"),
                                    (meetings.states.Attendance["WRITING"], "writing"),
                                    (meetings.states.Attendance["MISSING"], "missing"),
                                ],
                                help_text="How they took part, as it was; said when the meeting ends.",
                                max_length=12,
                            ),
                        ),
                        (
                            "clash",
                            models.CharField(
                                blank=True,
                                choices=[
                                    (meetings.states.Clash["CLINIC"], "clinic"),
                                    (meetings.states.Clash["LEAVE"], "leave"),
                                    (meetings.states.Clash["BUSY"], "busy"),
                                    (meetings.states.Clash["AWAY"], "away"),
                                ],
                                default="",
                                max_length=8,
                            ),
                        ),
                        ("clash_told_at", models.DateTimeField(blank=True, null=True)),
                        ("added_at", models.DateTimeField(default=portal.core.clock.now)),
                        ("removed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "meeting",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="meetings.meeting",
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
                                to="meetings.participant",
                            ),
                        ),
                        (
                            "team",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="accounts.team",
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
                    name="Series",
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
                        ("reference", models.CharField(max_length=16, unique=True)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    (meetings.states.Kind["CASE"], "Case meeting"),
                                    (
                                        meetings.states.Kind["NEIGHBOURHOOD"],
                                        "Neighbourhood meeting",
                                    ),
                                    (meetings.states.Kind["PRACTICE"], "Practice meeting"),
                                    (meetings.states.Kind["FIRST"], "First meeting"),
                                    (meetings.states.Kind["VISIT"], "Visit"),
                                    (meetings.states.Kind["REFLECTION"], "Service reflection"),
                                ],
                                max_length=14,
                            ),
                        ),
                        ("title", models.CharField(max_length=120)),
                        ("every_weeks", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("nth", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("weekday", models.PositiveSmallIntegerField()),
                        ("at", models.TimeField()),
                        ("minutes", models.PositiveSmallIntegerField()),
                        (
                            "how",
                            models.CharField(
                                choices=[
                                    (meetings.states.How["VIDEO"], "by video"),
                                    (meetings.states.How["TELEPHONE"], "by telephone"),
                                    (meetings.states.How["IN_PERSON"], "in person"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("where", models.CharField(blank=True, max_length=300)),
                        ("starts_on", models.DateField()),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "organiser",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "other_team",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.team",
                            ),
                        ),
                        (
                            "team",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.team",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name_plural": "series",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("every_weeks__isnull", True), ("nth__isnull", False)),
                                    models.Q(("every_weeks__isnull", False), ("nth__isnull", True)),
                                    _connector="OR",
                                ),
                                name="series_by_weeks_or_by_month",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MeetingEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("reference", models.CharField(max_length=16)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    (meetings.states.Kind["CASE"], "Case meeting"),
                                    (
                                        meetings.states.Kind["NEIGHBOURHOOD"],
                                        "Neighbourhood meeting",
                                    ),
                                    (meetings.states.Kind["PRACTICE"], "Practice meeting"),
                                    (meetings.states.Kind["FIRST"], "First meeting"),
                                    (meetings.states.Kind["VISIT"], "Visit"),
                                    (meetings.states.Kind["REFLECTION"], "Service reflection"),
                                ],
                                max_length=14,
                            ),
                        ),
                        ("title", models.CharField(max_length=120)),
                        ("series_day", models.DateField(blank=True, null=True)),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    (meetings.states.Status["ARRANGING"], "Looking for a time"),
                                    (meetings.states.Status["BOOKED"], "Booked"),
                                    (meetings.states.Status["HELD"], "Held"),
                                    (meetings.states.Status["CANCELLED"], "Cancelled"),
                                ],
                                default="arranging",
                                max_length=10,
                            ),
                        ),
                        ("minutes", models.PositiveSmallIntegerField()),
                        (
                            "how",
                            models.CharField(
                                choices=[
                                    (meetings.states.How["VIDEO"], "by video"),
                                    (meetings.states.How["TELEPHONE"], "by telephone"),
                                    (meetings.states.How["IN_PERSON"], "in person"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("where", models.CharField(blank=True, max_length=300)),
                        ("from_day", models.DateField()),
                        ("until_day", models.DateField()),
                        ("earliest", models.TimeField()),
                        ("latest", models.TimeField()),
                        ("starts_at", models.DateTimeField(blank=True, null=True)),
                        ("ends_at", models.DateTimeField(blank=True, null=True)),
                        ("uid", models.CharField(max_length=80)),
                        ("sequence", models.PositiveIntegerField(default=0)),
                        ("begun_at", models.DateTimeField(blank=True, null=True)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        ("created_at", models.DateTimeField(default=portal.core.clock.now)),
                        ("changed_at", models.DateTimeField(default=portal.core.clock.now)),
                        (
                            "note_taker",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "organiser",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "other_team",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="accounts.team",
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
                                to="meetings.meeting",
                            ),
                        ),
                        (
                            "team",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="accounts.team",
                            ),
                        ),
                        (
                            "series",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="meetings.series",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="SeriesEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("reference", models.CharField(max_length=16)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    (meetings.states.Kind["CASE"], "Case meeting"),
                                    (
                                        meetings.states.Kind["NEIGHBOURHOOD"],
                                        "Neighbourhood meeting",
                                    ),
                                    (meetings.states.Kind["PRACTICE"], "Practice meeting"),
                                    (meetings.states.Kind["FIRST"], "First meeting"),
                                    (meetings.states.Kind["VISIT"], "Visit"),
                                    (meetings.states.Kind["REFLECTION"], "Service reflection"),
                                ],
                                max_length=14,
                            ),
                        ),
                        ("title", models.CharField(max_length=120)),
                        ("every_weeks", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("nth", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("weekday", models.PositiveSmallIntegerField()),
                        ("at", models.TimeField()),
                        ("minutes", models.PositiveSmallIntegerField()),
                        (
                            "how",
                            models.CharField(
                                choices=[
                                    (meetings.states.How["VIDEO"], "by video"),
                                    (meetings.states.How["TELEPHONE"], "by telephone"),
                                    (meetings.states.How["IN_PERSON"], "in person"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("where", models.CharField(blank=True, max_length=300)),
                        ("starts_on", models.DateField()),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "organiser",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "other_team",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="accounts.team",
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
                                to="meetings.series",
                            ),
                        ),
                        (
                            "team",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="accounts.team",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="SeriesMember",
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
                            "need",
                            models.CharField(
                                choices=[
                                    (meetings.states.Need["MUST"], "must"),
                                    (meetings.states.Need["MAY"], "may"),
                                ],
                                default="must",
                                max_length=4,
                            ),
                        ),
                        ("added_at", models.DateTimeField(default=portal.core.clock.now)),
                        ("removed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "series",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="members",
                                to="meetings.series",
                            ),
                        ),
                        (
                            "team",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.team",
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
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("removed_at__isnull", True)),
                                fields=("series", "user"),
                                name="series_member_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SeriesMemberEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "need",
                            models.CharField(
                                choices=[
                                    (meetings.states.Need["MUST"], "must"),
                                    (meetings.states.Need["MAY"], "may"),
                                ],
                                default="must",
                                max_length=4,
                            ),
                        ),
                        ("added_at", models.DateTimeField(default=portal.core.clock.now)),
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
                                related_name="events",
                                to="meetings.seriesmember",
                            ),
                        ),
                        (
                            "series",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="meetings.series",
                            ),
                        ),
                        (
                            "team",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="accounts.team",
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
                    name="Visit",
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
                            "kind",
                            models.CharField(
                                choices=[
                                    (
                                        portal.worktime.states.SessionKind["CLINIC"],
                                        "Clinic or surgery",
                                    ),
                                    (
                                        portal.worktime.states.SessionKind["WARD_ROUND"],
                                        "Ward round",
                                    ),
                                    (
                                        portal.worktime.states.SessionKind["VISITS"],
                                        "Calls and visits",
                                    ),
                                    (portal.worktime.states.SessionKind["DUTY"], "Duty"),
                                    (
                                        portal.worktime.states.SessionKind["DESK"],
                                        "At work, no appointments",
                                    ),
                                    (
                                        portal.worktime.states.SessionKind["MEETING"],
                                        "Time for meetings",
                                    ),
                                    (
                                        portal.worktime.states.SessionKind["NOT_WORKING"],
                                        "Not working",
                                    ),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "words",
                            models.TextField(
                                blank=True, help_text="What the visitor would like to see or ask."
                            ),
                        ),
                        ("starts_at", models.DateTimeField()),
                        ("ends_at", models.DateTimeField()),
                        ("asked_at", models.DateTimeField(default=portal.core.clock.now)),
                        (
                            "said",
                            models.CharField(
                                choices=[
                                    (meetings.states.Said["NOTHING"], "none"),
                                    (meetings.states.Said["YES"], "yes"),
                                    (meetings.states.Said["NO"], "no"),
                                ],
                                default=meetings.states.Said["NOTHING"],
                                max_length=4,
                            ),
                        ),
                        (
                            "reply",
                            models.TextField(blank=True, help_text="What the host says to it."),
                        ),
                        ("said_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "host",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "meeting",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="visit",
                                to="meetings.meeting",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                                name="visit_ends_after_it_starts",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("said", meetings.states.Said["NOTHING"]),
                                        ("said_at__isnull", True),
                                    ),
                                    models.Q(
                                        models.Q(
                                            ("said", meetings.states.Said["NOTHING"]), _negated=True
                                        ),
                                        ("said_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="visit_said_at_a_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="VisitEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    (
                                        portal.worktime.states.SessionKind["CLINIC"],
                                        "Clinic or surgery",
                                    ),
                                    (
                                        portal.worktime.states.SessionKind["WARD_ROUND"],
                                        "Ward round",
                                    ),
                                    (
                                        portal.worktime.states.SessionKind["VISITS"],
                                        "Calls and visits",
                                    ),
                                    (portal.worktime.states.SessionKind["DUTY"], "Duty"),
                                    (
                                        portal.worktime.states.SessionKind["DESK"],
                                        "At work, no appointments",
                                    ),
                                    (
                                        portal.worktime.states.SessionKind["MEETING"],
                                        "Time for meetings",
                                    ),
                                    (
                                        portal.worktime.states.SessionKind["NOT_WORKING"],
                                        "Not working",
                                    ),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "words",
                            models.TextField(
                                blank=True, help_text="What the visitor would like to see or ask."
                            ),
                        ),
                        ("starts_at", models.DateTimeField()),
                        ("ends_at", models.DateTimeField()),
                        ("asked_at", models.DateTimeField(default=portal.core.clock.now)),
                        (
                            "said",
                            models.CharField(
                                choices=[
                                    (meetings.states.Said["NOTHING"], "none"),
                                    (meetings.states.Said["YES"], "yes"),
                                    (meetings.states.Said["NO"], "no"),
                                ],
                                default=meetings.states.Said["NOTHING"],
                                max_length=4,
                            ),
                        ),
                        (
                            "reply",
                            models.TextField(blank=True, help_text="What the host says to it."),
                        ),
                        ("said_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "host",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="meetings.meeting",
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
                                to="meetings.visit",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Feed",
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
                        ("token_digest", models.CharField(max_length=64, unique=True)),
                        ("made_at", models.DateTimeField(default=portal.core.clock.now)),
                        ("read_at", models.DateTimeField(blank=True, null=True)),
                        ("revoked_at", models.DateTimeField(blank=True, null=True)),
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
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("revoked_at__isnull", True)),
                                fields=("user",),
                                name="feed_one_at_a_time",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FirstMeetingDeclined",
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
                        ("until", models.DateField()),
                        ("at", models.DateTimeField(default=portal.core.clock.now)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "other_team",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.team",
                            ),
                        ),
                        (
                            "team",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.team",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("team", "other_team"), name="first_meeting_declined_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("team", models.F("other_team")), _negated=True),
                                name="first_meeting_of_two_teams",
                            ),
                        ],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="guestevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="a4d786f6988bcf3d312d680409518ddd7b450a0a",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_c167e",
                            table="meetings_guestevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="guest",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "meetings_guestevent" ("comes", "id", "invited_at", "invited_by_id", "item_id", "kind", "needs", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "removed_at", "told_how", "wishes") VALUES (NEW."comes", NEW."id", NEW."invited_at", NEW."invited_by_id", NEW."item_id", NEW."kind", NEW."needs", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."removed_at", NEW."told_how", NEW."wishes"); RETURN NULL;',
                            hash="901235bdc5c0c7780dfe020a979ae7bd84750221",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_cf4fd",
                            table="meetings_guest",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="guest",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "meetings_guestevent" ("comes", "id", "invited_at", "invited_by_id", "item_id", "kind", "needs", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "removed_at", "told_how", "wishes") VALUES (NEW."comes", NEW."id", NEW."invited_at", NEW."invited_by_id", NEW."item_id", NEW."kind", NEW."needs", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."removed_at", NEW."told_how", NEW."wishes"); RETURN NULL;',
                            hash="8a3d7dc3806a43561632298b5a049a7804b43fa0",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_a98e3",
                            table="meetings_guest",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="decision",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="b64b90ef02a4d59c4d119df9342b39a4072b2ecc",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_907cb",
                            table="meetings_decision",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="itemevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="a6573fedc9d448c6f69c4c47ccca1851d04c03b4",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_c8913",
                            table="meetings_itemevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="item",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "meetings_itemevent" ("added_at", "added_by_id", "begun_at", "ended_at", "follows_id", "hide_because", "id", "meeting_id", "minutes", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "points", "position", "referral_id", "removed_at", "safe_online", "starts_at", "state", "title", "version") VALUES (NEW."added_at", NEW."added_by_id", NEW."begun_at", NEW."ended_at", NEW."follows_id", NEW."hide_because", NEW."id", NEW."meeting_id", NEW."minutes", NEW."owner_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."points", NEW."position", NEW."referral_id", NEW."removed_at", NEW."safe_online", NEW."starts_at", NEW."state", NEW."title", NEW."version"); RETURN NULL;',
                            hash="e0c839d8aa920069d9a8fa8b60718b479dd87023",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_8e09e",
                            table="meetings_item",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="item",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "meetings_itemevent" ("added_at", "added_by_id", "begun_at", "ended_at", "follows_id", "hide_because", "id", "meeting_id", "minutes", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "points", "position", "referral_id", "removed_at", "safe_online", "starts_at", "state", "title", "version") VALUES (NEW."added_at", NEW."added_by_id", NEW."begun_at", NEW."ended_at", NEW."follows_id", NEW."hide_because", NEW."id", NEW."meeting_id", NEW."minutes", NEW."owner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."points", NEW."position", NEW."referral_id", NEW."removed_at", NEW."safe_online", NEW."starts_at", NEW."state", NEW."title", NEW."version"); RETURN NULL;',
                            hash="c07b7d0f4940bffa5ff7a857a78409150a997641",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_05723",
                            table="meetings_item",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="actionevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="d5375f6857a139371fd2f60f79b0a30995f4acb9",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_6ae07",
                            table="meetings_actionevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="action",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "meetings_actionevent" ("at", "by_id", "due_on", "ended_at", "ended_by_id", "id", "is_improvement", "item_id", "meeting_id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "referral_id", "reminded_on", "state", "text", "version", "words") VALUES (NEW."at", NEW."by_id", NEW."due_on", NEW."ended_at", NEW."ended_by_id", NEW."id", NEW."is_improvement", NEW."item_id", NEW."meeting_id", NEW."owner_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."referral_id", NEW."reminded_on", NEW."state", NEW."text", NEW."version", NEW."words"); RETURN NULL;',
                            hash="5d663257923af776e5d6b3ec6ae6ab5c7fef3e1c",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_fae11",
                            table="meetings_action",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="action",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "meetings_actionevent" ("at", "by_id", "due_on", "ended_at", "ended_by_id", "id", "is_improvement", "item_id", "meeting_id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "referral_id", "reminded_on", "state", "text", "version", "words") VALUES (NEW."at", NEW."by_id", NEW."due_on", NEW."ended_at", NEW."ended_by_id", NEW."id", NEW."is_improvement", NEW."item_id", NEW."meeting_id", NEW."owner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."referral_id", NEW."reminded_on", NEW."state", NEW."text", NEW."version", NEW."words"); RETURN NULL;',
                            hash="9700d660e2fd07b99fccb8a7bdfb5ee5ddd40bd2",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_a681c",
                            table="meetings_action",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="meetingchange",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="5b93dcfc0608a22f8b4509a85578b329533e02b6",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_19a89",
                            table="meetings_meetingchange",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="note",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "meetings_noteevent" ("body", "id", "item_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "saved_at", "saved_by_id", "version") VALUES (NEW."body", NEW."id", NEW."item_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."saved_at", NEW."saved_by_id", NEW."version"); RETURN NULL;',
                            hash="2bc6d892cff92b0b5c0f840236d8df2d5e8796c9",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_41578",
                            table="meetings_note",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="note",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "meetings_noteevent" ("body", "id", "item_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "saved_at", "saved_by_id", "version") VALUES (NEW."body", NEW."id", NEW."item_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."saved_at", NEW."saved_by_id", NEW."version"); RETURN NULL;',
                            hash="ee4105eb4a39e9e0a507dff13e6c8a360b699ed8",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_758d6",
                            table="meetings_note",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="noteevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="c52bf97d276f868417b0768bb380a5c3f0eb5e0f",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_b26aa",
                            table="meetings_noteevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="participant",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "meetings_participantevent" ("added_at", "answer", "answered_at", "attendance", "came", "clash", "clash_told_at", "clinic_minutes", "ends_at", "id", "meeting_id", "need", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "removed_at", "starts_at", "team_id", "user_id") VALUES (NEW."added_at", NEW."answer", NEW."answered_at", NEW."attendance", NEW."came", NEW."clash", NEW."clash_told_at", NEW."clinic_minutes", NEW."ends_at", NEW."id", NEW."meeting_id", NEW."need", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."removed_at", NEW."starts_at", NEW."team_id", NEW."user_id"); RETURN NULL;',
                            hash="b35e2f7a5016d0648c9b32f3ccc481029a89f189",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_3c481",
                            table="meetings_participant",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="participant",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "meetings_participantevent" ("added_at", "answer", "answered_at", "attendance", "came", "clash", "clash_told_at", "clinic_minutes", "ends_at", "id", "meeting_id", "need", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "removed_at", "starts_at", "team_id", "user_id") VALUES (NEW."added_at", NEW."answer", NEW."answered_at", NEW."attendance", NEW."came", NEW."clash", NEW."clash_told_at", NEW."clinic_minutes", NEW."ends_at", NEW."id", NEW."meeting_id", NEW."need", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."removed_at", NEW."starts_at", NEW."team_id", NEW."user_id"); RETURN NULL;',
                            hash="ac6376a916a6083826de03c2d495292670369ead",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_92127",
                            table="meetings_participant",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="itemneedevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="13e3676a88e944107440d99af5d1c015e2186e59",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_23580",
                            table="meetings_itemneedevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="itemneed",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "meetings_itemneedevent" ("id", "item_id", "participant_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."id", NEW."item_id", NEW."participant_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;',
                            hash="d09bb6707283ed6c6df42cd103ec4fe764232e36",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_0aeb9",
                            table="meetings_itemneed",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="itemneed",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "meetings_itemneedevent" ("id", "item_id", "participant_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."id", NEW."item_id", NEW."participant_id", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;',
                            hash="06f5a82047bafaf925be22c6a9798ee295ba73b2",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_5bd5f",
                            table="meetings_itemneed",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contributionevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="f377aea64ef0a4264dbcae8f9190295523c510d1",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_9a4df",
                            table="meetings_contributionevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contribution",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "meetings_contributionevent" ("asked_at", "body", "id", "item_id", "participant_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "used", "used_at", "used_by_id", "version", "written_at") VALUES (NEW."asked_at", NEW."body", NEW."id", NEW."item_id", NEW."participant_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."used", NEW."used_at", NEW."used_by_id", NEW."version", NEW."written_at"); RETURN NULL;',
                            hash="1580d0aa2a451baa0b231da434d0d5ac4b8d22a3",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_22580",
                            table="meetings_contribution",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contribution",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "meetings_contributionevent" ("asked_at", "body", "id", "item_id", "participant_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "used", "used_at", "used_by_id", "version", "written_at") VALUES (NEW."asked_at", NEW."body", NEW."id", NEW."item_id", NEW."participant_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."used", NEW."used_at", NEW."used_by_id", NEW."version", NEW."written_at"); RETURN NULL;',
                            hash="6fbaf2c949efa7680e0126b7182cb07128ce3bc1",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_11240",
                            table="meetings_contribution",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="participantevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="c8a76805c2994e4389de9a3edf25594976c88cbe",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_85754",
                            table="meetings_participantevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="series",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "meetings_seriesevent" ("at", "ended_at", "every_weeks", "how", "id", "kind", "minutes", "nth", "organiser_id", "other_team_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "starts_on", "team_id", "title", "version", "weekday", "where") VALUES (NEW."at", NEW."ended_at", NEW."every_weeks", NEW."how", NEW."id", NEW."kind", NEW."minutes", NEW."nth", NEW."organiser_id", NEW."other_team_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reference", NEW."starts_on", NEW."team_id", NEW."title", NEW."version", NEW."weekday", NEW."where"); RETURN NULL;',
                            hash="020d19a502ecd1db45c59328f9beccc63bfbd358",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_b03bb",
                            table="meetings_series",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="series",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "meetings_seriesevent" ("at", "ended_at", "every_weeks", "how", "id", "kind", "minutes", "nth", "organiser_id", "other_team_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "starts_on", "team_id", "title", "version", "weekday", "where") VALUES (NEW."at", NEW."ended_at", NEW."every_weeks", NEW."how", NEW."id", NEW."kind", NEW."minutes", NEW."nth", NEW."organiser_id", NEW."other_team_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reference", NEW."starts_on", NEW."team_id", NEW."title", NEW."version", NEW."weekday", NEW."where"); RETURN NULL;',
                            hash="96bf5b14c1e7a9c1a2db0d23ee0939c9b2ad00d0",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_353a3",
                            table="meetings_series",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="meetingevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="161adc4dee7601797a02097cded16f6fce0bad5d",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_2b4ce",
                            table="meetings_meetingevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="meeting",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "meetings_meetingevent" ("begun_at", "changed_at", "created_at", "earliest", "ended_at", "ends_at", "from_day", "how", "id", "kind", "latest", "minutes", "note_taker_id", "organiser_id", "other_team_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "sequence", "series_day", "series_id", "starts_at", "status", "team_id", "title", "uid", "until_day", "version", "where") VALUES (NEW."begun_at", NEW."changed_at", NEW."created_at", NEW."earliest", NEW."ended_at", NEW."ends_at", NEW."from_day", NEW."how", NEW."id", NEW."kind", NEW."latest", NEW."minutes", NEW."note_taker_id", NEW."organiser_id", NEW."other_team_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reference", NEW."sequence", NEW."series_day", NEW."series_id", NEW."starts_at", NEW."status", NEW."team_id", NEW."title", NEW."uid", NEW."until_day", NEW."version", NEW."where"); RETURN NULL;',
                            hash="698b35fabc541eb5ea6a83a66270fd7f06faafb4",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_61d9e",
                            table="meetings_meeting",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="meeting",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "meetings_meetingevent" ("begun_at", "changed_at", "created_at", "earliest", "ended_at", "ends_at", "from_day", "how", "id", "kind", "latest", "minutes", "note_taker_id", "organiser_id", "other_team_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "sequence", "series_day", "series_id", "starts_at", "status", "team_id", "title", "uid", "until_day", "version", "where") VALUES (NEW."begun_at", NEW."changed_at", NEW."created_at", NEW."earliest", NEW."ended_at", NEW."ends_at", NEW."from_day", NEW."how", NEW."id", NEW."kind", NEW."latest", NEW."minutes", NEW."note_taker_id", NEW."organiser_id", NEW."other_team_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reference", NEW."sequence", NEW."series_day", NEW."series_id", NEW."starts_at", NEW."status", NEW."team_id", NEW."title", NEW."uid", NEW."until_day", NEW."version", NEW."where"); RETURN NULL;',
                            hash="e5332148194eec90fbfe098cc5c7c01b88c9c205",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_495b8",
                            table="meetings_meeting",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="seriesevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="46df942604d1833145a111060614fb710d01c2e4",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_f1ffa",
                            table="meetings_seriesevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="seriesmember",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "meetings_seriesmemberevent" ("added_at", "id", "need", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "removed_at", "series_id", "team_id", "user_id") VALUES (NEW."added_at", NEW."id", NEW."need", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."removed_at", NEW."series_id", NEW."team_id", NEW."user_id"); RETURN NULL;',
                            hash="e52b8f06279dbc8718ed5476a02e5d0b438e2dfa",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_8730d",
                            table="meetings_seriesmember",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="seriesmember",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "meetings_seriesmemberevent" ("added_at", "id", "need", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "removed_at", "series_id", "team_id", "user_id") VALUES (NEW."added_at", NEW."id", NEW."need", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."removed_at", NEW."series_id", NEW."team_id", NEW."user_id"); RETURN NULL;',
                            hash="e4ff37cb2472d87e85fbe200783b8c5052af3527",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_49cd0",
                            table="meetings_seriesmember",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="seriesmemberevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="ad34bb57733c06acbba1c4fb9b72735bb97187ce",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_ce046",
                            table="meetings_seriesmemberevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="visit",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "meetings_visitevent" ("asked_at", "ends_at", "host_id", "id", "kind", "meeting_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reply", "said", "said_at", "starts_at", "words") VALUES (NEW."asked_at", NEW."ends_at", NEW."host_id", NEW."id", NEW."kind", NEW."meeting_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reply", NEW."said", NEW."said_at", NEW."starts_at", NEW."words"); RETURN NULL;',
                            hash="e272152ae6a8fc20d5a5711e61e88b8f172b1d51",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_cda6f",
                            table="meetings_visit",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="visit",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "meetings_visitevent" ("asked_at", "ends_at", "host_id", "id", "kind", "meeting_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reply", "said", "said_at", "starts_at", "words") VALUES (NEW."asked_at", NEW."ends_at", NEW."host_id", NEW."id", NEW."kind", NEW."meeting_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reply", NEW."said", NEW."said_at", NEW."starts_at", NEW."words"); RETURN NULL;',
                            hash="8ecab32bf5ee9a4a2ace3d0d455468777c7bc13b",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_b18b1",
                            table="meetings_visit",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="visitevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="ed66de49ab85c4f9ff5fc0856158a1ece858c2a0",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_2c65d",
                            table="meetings_visitevent",
                            when="BEFORE",
                        ),
                    ),
                ),
            ],
        ),
    ]
