import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import portal.core.migrating
import referrals.states


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0002_invitations_and_parked_forms"),
        ("accounts", "__first__"),
        ("contacts", "0003_no_half_facts"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        portal.core.migrating.Together(
            operations=[
                migrations.CreateModel(
                    name="PersonEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("name", models.CharField(max_length=200)),
                        ("born_on", models.DateField(blank=True, null=True)),
                        ("nhs_number", models.CharField(blank=True, max_length=10)),
                        ("address", models.CharField(blank=True, max_length=300)),
                        ("postcode", models.CharField(blank=True, max_length=10)),
                        ("telephone", models.CharField(blank=True, max_length=60)),
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
                                to="referrals.person",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Point",
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
                        ("position", models.PositiveSmallIntegerField()),
                        ("text", models.TextField()),
                        (
                            "referral",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="points",
                                to="referrals.referral",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["position"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("referral", "position"), name="point_position_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("position__gte", 1), ("position__lte", 3)),
                                name="point_one_to_three",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PointEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("position", models.PositiveSmallIntegerField()),
                        ("text", models.TextField()),
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
                                to="referrals.point",
                            ),
                        ),
                        (
                            "referral",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="referrals.referral",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Redirect",
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
                        ("at", models.DateTimeField()),
                        ("reason", models.TextField()),
                        ("acknowledged_at", models.DateTimeField(null=True)),
                        (
                            "ended_at",
                            models.DateTimeField(
                                help_text="Decided before it was acknowledged.", null=True
                            ),
                        ),
                        (
                            "acknowledged_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "from_service",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="contacts.service",
                            ),
                        ),
                        (
                            "to_service",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="contacts.service",
                            ),
                        ),
                        (
                            "to_team",
                            models.ForeignKey(
                                help_text="Who read for it at the time.",
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.team",
                            ),
                        ),
                        (
                            "referral",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="redirects",
                                to="referrals.referral",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["at", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("acknowledged_at__isnull", True), ("ended_at__isnull", True)
                                ),
                                fields=("referral",),
                                name="redirect_one_open",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("acknowledged_at__isnull", True),
                                        ("acknowledged_by__isnull", True),
                                    ),
                                    models.Q(
                                        ("acknowledged_at__isnull", False),
                                        ("acknowledged_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="redirect_acknowledged_pair",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Referral",
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
                        ("reference", models.CharField(max_length=20, unique=True)),
                        (
                            "urgency",
                            models.CharField(
                                choices=[
                                    (referrals.states.Urgency["ROUTINE"], "Routine"),
                                    (referrals.states.Urgency["THIS_WEEK"], "This week"),
                                    (referrals.states.Urgency["TODAY"], "Today"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("why_now", models.TextField()),
                        (
                            "with_person",
                            models.TextField(help_text="Who is with the person today."),
                        ),
                        (
                            "agreement",
                            models.CharField(
                                choices=[
                                    (referrals.states.Agreement["AGREES"], "Told, and agrees"),
                                    (referrals.states.Agreement["OBJECTS"], "Told, and objects"),
                                    (
                                        referrals.states.Agreement["BEST_INTERESTS"],
                                        "Lacks capacity: best interests",
                                    ),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("agreement_note", models.TextField(blank=True)),
                        ("call_back", models.CharField(max_length=200)),
                        ("sent_at", models.DateTimeField()),
                        (
                            "readable_from",
                            models.DateTimeField(
                                help_text="When the team was next open as it was sent."
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    (
                                        referrals.states.Status["SENT"],
                                        "Delivered, nobody holds it yet",
                                    ),
                                    (referrals.states.Status["ACKNOWLEDGED"], "Acknowledged"),
                                    (referrals.states.Status["ASKED"], "Waiting for an answer"),
                                    (referrals.states.Status["ACCEPTED"], "Accepted"),
                                    (referrals.states.Status["DECLINED"], "Declined"),
                                    (referrals.states.Status["WITHDRAWN"], "Withdrawn"),
                                    (referrals.states.Status["CLOSED"], "Closed"),
                                ],
                                max_length=14,
                            ),
                        ),
                        ("status_since", models.DateTimeField()),
                        ("held_since", models.DateTimeField(blank=True, null=True)),
                        ("due_at", models.DateTimeField(blank=True, null=True)),
                        ("remaining_seconds", models.PositiveIntegerField(blank=True, null=True)),
                        ("changed_at", models.DateTimeField()),
                        (
                            "for_clinician",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "held_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "person",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="referral",
                                to="referrals.person",
                            ),
                        ),
                        (
                            "receiving_team",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="received_referrals",
                                to="accounts.team",
                            ),
                        ),
                        (
                            "sending_team",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sent_referrals",
                                to="accounts.team",
                            ),
                        ),
                        (
                            "sent_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "service",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="referrals",
                                to="contacts.service",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                models.F("receiving_team"),
                                models.OrderBy(models.F("due_at"), nulls_last=True),
                                models.F("id"),
                                condition=models.Q(
                                    (
                                        "status__in",
                                        [
                                            referrals.states.Status["ACKNOWLEDGED"],
                                            referrals.states.Status["ASKED"],
                                            referrals.states.Status["SENT"],
                                        ],
                                    )
                                ),
                                name="referral_inbox",
                            ),
                            models.Index(
                                condition=models.Q(("held_by__isnull", False)),
                                fields=["held_by", "status"],
                                name="referral_held",
                            ),
                            models.Index(
                                fields=["sending_team", "-changed_at"], name="referral_board"
                            ),
                            models.Index(
                                fields=["receiving_team", "-changed_at"], name="referral_received"
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("held_by__isnull", True), ("held_since__isnull", True)
                                    ),
                                    models.Q(
                                        ("held_by__isnull", False), ("held_since__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="referral_held_pair",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        (
                                            "status__in",
                                            [
                                                referrals.states.Status["ACKNOWLEDGED"],
                                                referrals.states.Status["ASKED"],
                                            ],
                                        ),
                                        _negated=True,
                                    ),
                                    ("held_by__isnull", False),
                                    _connector="OR",
                                ),
                                name="referral_held_when_acknowledged",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("status", referrals.states.Status["SENT"]), _negated=True
                                    ),
                                    ("held_by__isnull", True),
                                    _connector="OR",
                                ),
                                name="referral_nobody_holds_when_sent",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        (
                                            "status__in",
                                            [
                                                referrals.states.Status["ACKNOWLEDGED"],
                                                referrals.states.Status["ASKED"],
                                                referrals.states.Status["SENT"],
                                            ],
                                        ),
                                        _negated=True,
                                    ),
                                    models.Q(
                                        ("due_at__isnull", True),
                                        ("remaining_seconds__isnull", False),
                                        ("status", referrals.states.Status["ASKED"]),
                                    ),
                                    models.Q(
                                        models.Q(
                                            ("status", referrals.states.Status["ASKED"]),
                                            _negated=True,
                                        ),
                                        ("due_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="referral_clock_runs_or_is_paused",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("agreement", referrals.states.Agreement["AGREES"]),
                                    models.Q(("agreement_note", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="referral_reasons_where_needed",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReferralEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("reference", models.CharField(max_length=20)),
                        (
                            "urgency",
                            models.CharField(
                                choices=[
                                    (referrals.states.Urgency["ROUTINE"], "Routine"),
                                    (referrals.states.Urgency["THIS_WEEK"], "This week"),
                                    (referrals.states.Urgency["TODAY"], "Today"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("why_now", models.TextField()),
                        (
                            "with_person",
                            models.TextField(help_text="Who is with the person today."),
                        ),
                        (
                            "agreement",
                            models.CharField(
                                choices=[
                                    (referrals.states.Agreement["AGREES"], "Told, and agrees"),
                                    (referrals.states.Agreement["OBJECTS"], "Told, and objects"),
                                    (
                                        referrals.states.Agreement["BEST_INTERESTS"],
                                        "Lacks capacity: best interests",
                                    ),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("agreement_note", models.TextField(blank=True)),
                        ("call_back", models.CharField(max_length=200)),
                        ("sent_at", models.DateTimeField()),
                        (
                            "readable_from",
                            models.DateTimeField(
                                help_text="When the team was next open as it was sent."
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    (
                                        referrals.states.Status["SENT"],
                                        "Delivered, nobody holds it yet",
                                    ),
                                    (referrals.states.Status["ACKNOWLEDGED"], "Acknowledged"),
                                    (referrals.states.Status["ASKED"], "Waiting for an answer"),
                                    (referrals.states.Status["ACCEPTED"], "Accepted"),
                                    (referrals.states.Status["DECLINED"], "Declined"),
                                    (referrals.states.Status["WITHDRAWN"], "Withdrawn"),
                                    (referrals.states.Status["CLOSED"], "Closed"),
                                ],
                                max_length=14,
                            ),
                        ),
                        ("status_since", models.DateTimeField()),
                        ("held_since", models.DateTimeField(blank=True, null=True)),
                        ("due_at", models.DateTimeField(blank=True, null=True)),
                        ("remaining_seconds", models.PositiveIntegerField(blank=True, null=True)),
                        ("changed_at", models.DateTimeField()),
                        (
                            "for_clinician",
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
                            "held_by",
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
                            "person",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="referrals.person",
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
                                to="referrals.referral",
                            ),
                        ),
                        (
                            "receiving_team",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="accounts.team",
                            ),
                        ),
                        (
                            "sending_team",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="accounts.team",
                            ),
                        ),
                        (
                            "sent_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "service",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="contacts.service",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="StatusChange",
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
                                    (referrals.states.Event["SEND"], "send"),
                                    (referrals.states.Event["CLAIM"], "claim"),
                                    (referrals.states.Event["RELEASE"], "release"),
                                    (referrals.states.Event["TAKE_OVER"], "take-over"),
                                    (referrals.states.Event["TAKE_ON"], "take-on"),
                                    (referrals.states.Event["ASK"], "ask"),
                                    (referrals.states.Event["ANSWER"], "answer"),
                                    (referrals.states.Event["ACCEPT"], "accept"),
                                    (referrals.states.Event["DECLINE"], "decline"),
                                    (referrals.states.Event["REDIRECT"], "redirect"),
                                    (referrals.states.Event["WITHDRAW"], "withdraw"),
                                    (referrals.states.Event["CLOSE"], "close"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("from_status", models.CharField(blank=True, max_length=14)),
                        (
                            "to_status",
                            models.CharField(
                                choices=[
                                    (
                                        referrals.states.Status["SENT"],
                                        "Delivered, nobody holds it yet",
                                    ),
                                    (referrals.states.Status["ACKNOWLEDGED"], "Acknowledged"),
                                    (referrals.states.Status["ASKED"], "Waiting for an answer"),
                                    (referrals.states.Status["ACCEPTED"], "Accepted"),
                                    (referrals.states.Status["DECLINED"], "Declined"),
                                    (referrals.states.Status["WITHDRAWN"], "Withdrawn"),
                                    (referrals.states.Status["CLOSED"], "Closed"),
                                ],
                                max_length=14,
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        ("note", models.TextField(blank=True)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "by_team",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.team",
                            ),
                        ),
                        (
                            "referral",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="changes",
                                to="referrals.referral",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["at", "pk"],
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
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    (referrals.states.Status["ACCEPTED"], "accepted"),
                                    (referrals.states.Status["DECLINED"], "declined"),
                                ],
                                max_length=14,
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        (
                            "waiting_until",
                            models.DateField(
                                help_text="Waiting list: expected by this date.", null=True
                            ),
                        ),
                        (
                            "reason",
                            models.CharField(
                                blank=True,
                                choices=[
                                    (
                                        referrals.states.DeclineReason["PERSON_DECLINED"],
                                        "Declined by the person",
                                    ),
                                    (
                                        referrals.states.DeclineReason["ADVICE_GIVEN"],
                                        "Information and advice given; no more is needed now",
                                    ),
                                    (
                                        referrals.states.DeclineReason["ALREADY_OPEN"],
                                        "We are already working with the person on this",
                                    ),
                                    (
                                        referrals.states.DeclineReason["ANOTHER_SERVICE"],
                                        "Another service does this, and we have said which",
                                    ),
                                    (
                                        referrals.states.DeclineReason["NOT_REACHED"],
                                        "The person could not be reached",
                                    ),
                                    (referrals.states.DeclineReason["DIED"], "The person has died"),
                                    (
                                        referrals.states.DeclineReason["SENT_IN_ERROR"],
                                        "Sent in error",
                                    ),
                                    (referrals.states.DeclineReason["OTHER"], "Another reason"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("words", models.TextField(blank=True)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "worker",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "referral",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="decisions",
                                to="referrals.referral",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["at", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("status", referrals.states.Status["ACCEPTED"]),
                                        ("waiting_until__isnull", True),
                                        ("worker__isnull", False),
                                    ),
                                    models.Q(
                                        ("status", referrals.states.Status["ACCEPTED"]),
                                        ("waiting_until__isnull", False),
                                        ("worker__isnull", True),
                                    ),
                                    models.Q(
                                        ("status", referrals.states.Status["DECLINED"]),
                                        ("waiting_until__isnull", True),
                                        ("worker__isnull", True),
                                        models.Q(("reason", ""), _negated=True),
                                        models.Q(("words", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="decision_accepted_or_declined",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DecisionEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    (referrals.states.Status["ACCEPTED"], "accepted"),
                                    (referrals.states.Status["DECLINED"], "declined"),
                                ],
                                max_length=14,
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        (
                            "waiting_until",
                            models.DateField(
                                help_text="Waiting list: expected by this date.", null=True
                            ),
                        ),
                        (
                            "reason",
                            models.CharField(
                                blank=True,
                                choices=[
                                    (
                                        referrals.states.DeclineReason["PERSON_DECLINED"],
                                        "Declined by the person",
                                    ),
                                    (
                                        referrals.states.DeclineReason["ADVICE_GIVEN"],
                                        "Information and advice given; no more is needed now",
                                    ),
                                    (
                                        referrals.states.DeclineReason["ALREADY_OPEN"],
                                        "We are already working with the person on this",
                                    ),
                                    (
                                        referrals.states.DeclineReason["ANOTHER_SERVICE"],
                                        "Another service does this, and we have said which",
                                    ),
                                    (
                                        referrals.states.DeclineReason["NOT_REACHED"],
                                        "The person could not be reached",
                                    ),
                                    (referrals.states.DeclineReason["DIED"], "The person has died"),
                                    (
                                        referrals.states.DeclineReason["SENT_IN_ERROR"],
                                        "Sent in error",
                                    ),
                                    (referrals.states.DeclineReason["OTHER"], "Another reason"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("words", models.TextField(blank=True)),
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
                                to="referrals.decision",
                            ),
                        ),
                        (
                            "worker",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "referral",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="referrals.referral",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Draft",
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
                            "key",
                            models.CharField(
                                help_text="128 random bits.", max_length=40, unique=True
                            ),
                        ),
                        ("typed", models.JSONField(default=dict)),
                        ("started_at", models.DateTimeField()),
                        ("saved_at", models.DateTimeField()),
                        (
                            "author",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "service",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="contacts.service",
                            ),
                        ),
                        (
                            "team",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="drafts",
                                to="accounts.team",
                            ),
                        ),
                        (
                            "sent_as",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="draft",
                                to="referrals.referral",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("sent_as__isnull", True)),
                                fields=["author", "-saved_at"],
                                name="draft_open",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Message",
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
                            "voice",
                            models.CharField(
                                choices=[
                                    (referrals.states.Voice["NOTE"], "note"),
                                    (referrals.states.Voice["QUESTION"], "question"),
                                    (referrals.states.Voice["ANSWER"], "answer"),
                                ],
                                max_length=8,
                            ),
                        ),
                        (
                            "audience",
                            models.CharField(
                                choices=[
                                    (referrals.states.Audience["BOTH"], "both"),
                                    (referrals.states.Audience["OWN_TEAM"], "own-team"),
                                ],
                                default=referrals.states.Audience["BOTH"],
                                max_length=8,
                            ),
                        ),
                        ("body", models.TextField()),
                        ("at", models.DateTimeField()),
                        (
                            "answers",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="replies",
                                to="referrals.message",
                            ),
                        ),
                        (
                            "author",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
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
                            "referral",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="messages",
                                to="referrals.referral",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["at", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("answers__isnull", False),
                                        ("voice", referrals.states.Voice["ANSWER"]),
                                    ),
                                    models.Q(
                                        models.Q(
                                            ("voice", referrals.states.Voice["ANSWER"]),
                                            _negated=True,
                                        ),
                                        ("answers__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="message_answers_a_question",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("voice", referrals.states.Voice["NOTE"]),
                                    ("audience", referrals.states.Audience["BOTH"]),
                                    _connector="OR",
                                ),
                                name="message_question_is_for_both",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Opening",
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
                        ("at", models.DateTimeField()),
                        ("seen_at", models.DateTimeField()),
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
                        (
                            "referral",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="openings",
                                to="referrals.referral",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["at"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("referral", "user"), name="opening_first_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Party",
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
                            "role",
                            models.CharField(
                                choices=[("sender", "sender"), ("receiver", "receiver")],
                                max_length=8,
                            ),
                        ),
                        ("since", models.DateTimeField()),
                        (
                            "team",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.team",
                            ),
                        ),
                        (
                            "referral",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="parties",
                                to="referrals.referral",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("team", "referral"), name="party_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Pause",
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
                        ("started_at", models.DateTimeField()),
                        ("until", models.DateField(help_text="When the answer is needed.")),
                        (
                            "with_person",
                            models.TextField(help_text="Who is with the person until then."),
                        ),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "question",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="pause",
                                to="referrals.message",
                            ),
                        ),
                        (
                            "referral",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="pauses",
                                to="referrals.referral",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["started_at"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at__isnull", True)),
                                fields=("referral",),
                                name="pause_one_open",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ended_at__isnull", True),
                                    ("ended_at__gte", models.F("started_at")),
                                    _connector="OR",
                                ),
                                name="pause_ends_after_it_starts",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PauseEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("started_at", models.DateTimeField()),
                        ("until", models.DateField(help_text="When the answer is needed.")),
                        (
                            "with_person",
                            models.TextField(help_text="Who is with the person until then."),
                        ),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
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
                                to="referrals.pause",
                            ),
                        ),
                        (
                            "question",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="referrals.message",
                            ),
                        ),
                        (
                            "referral",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="referrals.referral",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Person",
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
                        ("name", models.CharField(max_length=200)),
                        ("born_on", models.DateField(blank=True, null=True)),
                        ("nhs_number", models.CharField(blank=True, max_length=10)),
                        ("address", models.CharField(blank=True, max_length=300)),
                        ("postcode", models.CharField(blank=True, max_length=10)),
                        ("telephone", models.CharField(blank=True, max_length=60)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("nhs_number", ""), _negated=True),
                                fields=["nhs_number"],
                                name="person_nhs_number",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("nhs_number", ""),
                                    ("nhs_number__regex", "^[0-9]{10}$"),
                                    _connector="OR",
                                ),
                                name="person_nhs_number_digits",
                            )
                        ],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="person",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "referrals_personevent" ("address", "born_on", "id", "name", "nhs_number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "postcode", "telephone") VALUES (NEW."address", NEW."born_on", NEW."id", NEW."name", NEW."nhs_number", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."postcode", NEW."telephone"); RETURN NULL;',
                            hash="87b3daf4181b81a9dff2e95d71a6c4647696aac9",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_2759c",
                            table="referrals_person",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="person",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "referrals_personevent" ("address", "born_on", "id", "name", "nhs_number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "postcode", "telephone") VALUES (NEW."address", NEW."born_on", NEW."id", NEW."name", NEW."nhs_number", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."postcode", NEW."telephone"); RETURN NULL;',
                            hash="552bb9aca60e79100d81f550b285023d17f58422",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_a26d5",
                            table="referrals_person",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="personevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="b82a2ac5c43ed054959a4e98fdc9166c807066bb",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_6c38a",
                            table="referrals_personevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="referral",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "referrals_referralevent" ("agreement", "agreement_note", "call_back", "changed_at", "due_at", "for_clinician_id", "held_by_id", "held_since", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "readable_from", "receiving_team_id", "reference", "remaining_seconds", "sending_team_id", "sent_at", "sent_by_id", "service_id", "status", "status_since", "urgency", "version", "why_now", "with_person") VALUES (NEW."agreement", NEW."agreement_note", NEW."call_back", NEW."changed_at", NEW."due_at", NEW."for_clinician_id", NEW."held_by_id", NEW."held_since", NEW."id", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."readable_from", NEW."receiving_team_id", NEW."reference", NEW."remaining_seconds", NEW."sending_team_id", NEW."sent_at", NEW."sent_by_id", NEW."service_id", NEW."status", NEW."status_since", NEW."urgency", NEW."version", NEW."why_now", NEW."with_person"); RETURN NULL;',
                            hash="27335f12c1513096b463709de3950e600e6dd78f",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_a74c8",
                            table="referrals_referral",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="referral",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "referrals_referralevent" ("agreement", "agreement_note", "call_back", "changed_at", "due_at", "for_clinician_id", "held_by_id", "held_since", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "readable_from", "receiving_team_id", "reference", "remaining_seconds", "sending_team_id", "sent_at", "sent_by_id", "service_id", "status", "status_since", "urgency", "version", "why_now", "with_person") VALUES (NEW."agreement", NEW."agreement_note", NEW."call_back", NEW."changed_at", NEW."due_at", NEW."for_clinician_id", NEW."held_by_id", NEW."held_since", NEW."id", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."readable_from", NEW."receiving_team_id", NEW."reference", NEW."remaining_seconds", NEW."sending_team_id", NEW."sent_at", NEW."sent_by_id", NEW."service_id", NEW."status", NEW."status_since", NEW."urgency", NEW."version", NEW."why_now", NEW."with_person"); RETURN NULL;',
                            hash="ee41794ef80466cbab1b13d6909ca489f2a72229",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_223e7",
                            table="referrals_referral",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="pointevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="2e51e548a6329c32cd8f4f9981ba6e5d4c7f6bd8",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_e3d14",
                            table="referrals_pointevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="point",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "referrals_pointevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "referral_id", "text") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."referral_id", NEW."text"); RETURN NULL;',
                            hash="4df953740b699207091735afd25424c78c25949b",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_3dbe3",
                            table="referrals_point",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="point",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "referrals_pointevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "referral_id", "text") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."referral_id", NEW."text"); RETURN NULL;',
                            hash="e4feccb45f38050eb6545bc924b37ea86c7a96d6",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_be258",
                            table="referrals_point",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="pauseevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="8fbebb87505b9a3098f3217e769cba7bc8a65c65",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_6d692",
                            table="referrals_pauseevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="pause",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "referrals_pauseevent" ("ended_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "question_id", "referral_id", "started_at", "until", "with_person") VALUES (NEW."ended_at", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."question_id", NEW."referral_id", NEW."started_at", NEW."until", NEW."with_person"); RETURN NULL;',
                            hash="9838998e85fbfa170145f35e4660614a3402e3d8",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_67a3c",
                            table="referrals_pause",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="pause",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "referrals_pauseevent" ("ended_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "question_id", "referral_id", "started_at", "until", "with_person") VALUES (NEW."ended_at", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."question_id", NEW."referral_id", NEW."started_at", NEW."until", NEW."with_person"); RETURN NULL;',
                            hash="f001f833aef077f9ef5069148d102f1044c6ebd4",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_06488",
                            table="referrals_pause",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="message",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="3dd507b8bce0b20c5c584da5e8bc8f166fa3ee36",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_a9293",
                            table="referrals_message",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="decisionevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="7bc7ac2c29963361a9a9d8fdc5791f14999e03ec",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_20bae",
                            table="referrals_decisionevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="decision",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "referrals_decisionevent" ("at", "by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "referral_id", "status", "waiting_until", "words", "worker_id") VALUES (NEW."at", NEW."by_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."referral_id", NEW."status", NEW."waiting_until", NEW."words", NEW."worker_id"); RETURN NULL;',
                            hash="61822efe8caf378eb3f9c2603b2e320fe98d5c7a",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_547ec",
                            table="referrals_decision",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="decision",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "referrals_decisionevent" ("at", "by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "referral_id", "status", "waiting_until", "words", "worker_id") VALUES (NEW."at", NEW."by_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."referral_id", NEW."status", NEW."waiting_until", NEW."words", NEW."worker_id"); RETURN NULL;',
                            hash="6869c22cbad8167974e605178928b80df4d11838",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_e8c4c",
                            table="referrals_decision",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="referralevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="1a61dcd844caf3ca043cd5fc836a4fbfb5122b75",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_d0304",
                            table="referrals_referralevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="statuschange",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="8c63454cb67cc71e39f1ed684b6979f7a470ddfb",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_c3a3c",
                            table="referrals_statuschange",
                            when="BEFORE",
                        ),
                    ),
                ),
            ],
        ),
    ]
