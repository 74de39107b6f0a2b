import django.db.models.deletion
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import portal.accounts.roles
import portal.core.clock
import portal.core.migrating


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        portal.core.migrating.Together(
            operations=[
                migrations.CreateModel(
                    name="Membership",
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
                                choices=[
                                    (portal.accounts.roles.Role["CLINICIAN"], "clinician"),
                                    (
                                        portal.accounts.roles.Role["ADMINISTRATOR"],
                                        "practice or ward staff",
                                    ),
                                    (portal.accounts.roles.Role["SOCIAL_WORKER"], "social worker"),
                                    (portal.accounts.roles.Role["TRIAGE_LEAD"], "triage lead"),
                                    (portal.accounts.roles.Role["MANAGER"], "manager"),
                                    (
                                        portal.accounts.roles.Role["DIRECTORY_EDITOR"],
                                        "directory editor",
                                    ),
                                    (
                                        portal.accounts.roles.Role["ORGANISATION_ADMINISTRATOR"],
                                        "organisation administrator",
                                    ),
                                    (
                                        portal.accounts.roles.Role["PRIVACY_OFFICER"],
                                        "privacy officer",
                                    ),
                                ],
                                max_length=28,
                            ),
                        ),
                        ("since", models.DateField(default=portal.core.clock.today)),
                        ("until", models.DateField(blank=True, null=True)),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="memberships",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.organisation",
                            ),
                        ),
                        (
                            "team",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="memberships",
                                to="accounts.team",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("until__isnull", True)),
                                fields=("user", "organisation", "team", "role"),
                                name="membership_once",
                                nulls_distinct=False,
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until__isnull", True),
                                    ("until__gte", models.F("since")),
                                    _connector="OR",
                                ),
                                name="membership_ends_after_it_begins",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("team__isnull", False),
                                    (
                                        "role__in",
                                        [
                                            portal.accounts.roles.Role["DIRECTORY_EDITOR"],
                                            portal.accounts.roles.Role[
                                                "ORGANISATION_ADMINISTRATOR"
                                            ],
                                            portal.accounts.roles.Role["PRIVACY_OFFICER"],
                                        ],
                                    ),
                                    _connector="OR",
                                ),
                                name="membership_team_or_organisation",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MembershipEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    (portal.accounts.roles.Role["CLINICIAN"], "clinician"),
                                    (
                                        portal.accounts.roles.Role["ADMINISTRATOR"],
                                        "practice or ward staff",
                                    ),
                                    (portal.accounts.roles.Role["SOCIAL_WORKER"], "social worker"),
                                    (portal.accounts.roles.Role["TRIAGE_LEAD"], "triage lead"),
                                    (portal.accounts.roles.Role["MANAGER"], "manager"),
                                    (
                                        portal.accounts.roles.Role["DIRECTORY_EDITOR"],
                                        "directory editor",
                                    ),
                                    (
                                        portal.accounts.roles.Role["ORGANISATION_ADMINISTRATOR"],
                                        "organisation administrator",
                                    ),
                                    (
                                        portal.accounts.roles.Role["PRIVACY_OFFICER"],
                                        "privacy officer",
                                    ),
                                ],
                                max_length=28,
                            ),
                        ),
                        ("since", models.DateField(default=portal.core.clock.today)),
                        ("until", models.DateField(blank=True, null=True)),
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
                                to="accounts.membership",
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
                        (
                            "organisation",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="accounts.organisation",
                            ),
                        ),
                        (
                            "team",
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
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Organisation",
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
                                    ("practice", "GP practice"),
                                    ("council", "council"),
                                    ("trust", "NHS trust"),
                                    ("other", "other organisation"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "code_scheme",
                            models.CharField(help_text="ods, gss or own.", max_length=8),
                        ),
                        ("code", models.CharField(max_length=20)),
                        ("name", models.CharField(max_length=160)),
                        ("nation", models.CharField(blank=True, max_length=20)),
                        ("opened_on", models.DateField(blank=True, null=True)),
                        ("closed_on", models.DateField(blank=True, null=True)),
                        (
                            "successor",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="predecessors",
                                to="accounts.organisation",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["kind", "name"], name="organisation_kind_name")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("code_scheme", "code"), name="organisation_code"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("opened_on__isnull", True),
                                    ("closed_on__isnull", True),
                                    ("closed_on__gte", models.F("opened_on")),
                                    _connector="OR",
                                ),
                                name="organisation_closes_after_opening",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OrganisationEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("practice", "GP practice"),
                                    ("council", "council"),
                                    ("trust", "NHS trust"),
                                    ("other", "other organisation"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "code_scheme",
                            models.CharField(help_text="ods, gss or own.", max_length=8),
                        ),
                        ("code", models.CharField(max_length=20)),
                        ("name", models.CharField(max_length=160)),
                        ("nation", models.CharField(blank=True, max_length=20)),
                        ("opened_on", models.DateField(blank=True, null=True)),
                        ("closed_on", models.DateField(blank=True, null=True)),
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
                                to="accounts.organisation",
                            ),
                        ),
                        (
                            "successor",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="accounts.organisation",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Team",
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
                        ("name", models.CharField(max_length=120)),
                        (
                            "side",
                            models.CharField(
                                choices=[("health", "health"), ("social", "social care")],
                                max_length=6,
                            ),
                        ),
                        ("telephone", models.CharField(blank=True, max_length=30)),
                        (
                            "mailbox",
                            models.EmailField(
                                blank=True,
                                help_text="A shared mailbox that is told as well.",
                                max_length=254,
                            ),
                        ),
                        ("nation", models.CharField(default="England", max_length=20)),
                        ("closed_on", models.DateField(blank=True, null=True)),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="teams",
                                to="accounts.organisation",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation", "name"), name="team_name_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TeamEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("name", models.CharField(max_length=120)),
                        (
                            "side",
                            models.CharField(
                                choices=[("health", "health"), ("social", "social care")],
                                max_length=6,
                            ),
                        ),
                        ("telephone", models.CharField(blank=True, max_length=30)),
                        (
                            "mailbox",
                            models.EmailField(
                                blank=True,
                                help_text="A shared mailbox that is told as well.",
                                max_length=254,
                            ),
                        ),
                        ("nation", models.CharField(default="England", max_length=20)),
                        ("closed_on", models.DateField(blank=True, null=True)),
                        (
                            "organisation",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="accounts.organisation",
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
                                to="accounts.team",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="UserEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("email", models.EmailField(max_length=254)),
                        ("name", models.CharField(max_length=120)),
                        ("job_title", models.CharField(blank=True, max_length=80)),
                        ("is_active", models.BooleanField(default=True)),
                        ("joined_at", models.DateTimeField(default=portal.core.clock.now)),
                        ("left_at", models.DateTimeField(blank=True, null=True)),
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
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="User",
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
                        ("password", models.CharField(max_length=128, verbose_name="password")),
                        (
                            "last_login",
                            models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                        ),
                        ("email", models.EmailField(max_length=254, unique=True)),
                        ("name", models.CharField(max_length=120)),
                        ("job_title", models.CharField(blank=True, max_length=80)),
                        ("is_active", models.BooleanField(default=True)),
                        ("joined_at", models.DateTimeField(default=portal.core.clock.now)),
                        ("left_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("email", django.db.models.functions.text.Lower("email"))
                                ),
                                name="user_email_lower",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("left_at__isnull", True), ("is_active", False), _connector="OR"
                                ),
                                name="user_left_or_active",
                            ),
                        ],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="user",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "accounts_userevent" ("email", "id", "is_active", "job_title", "joined_at", "left_at", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."email", NEW."id", NEW."is_active", NEW."job_title", NEW."joined_at", NEW."left_at", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;',
                            hash="9041124b11428e51f62c0e9628c3016e3cfd1b21",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_3867c",
                            table="accounts_user",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="user",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_active" IS DISTINCT FROM (NEW."is_active") OR OLD."job_title" IS DISTINCT FROM (NEW."job_title") OR OLD."joined_at" IS DISTINCT FROM (NEW."joined_at") OR OLD."left_at" IS DISTINCT FROM (NEW."left_at") OR OLD."name" IS DISTINCT FROM (NEW."name"))',
                            func='INSERT INTO "accounts_userevent" ("email", "id", "is_active", "job_title", "joined_at", "left_at", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."email", NEW."id", NEW."is_active", NEW."job_title", NEW."joined_at", NEW."left_at", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;',
                            hash="8b5ddebf9425274d89ef440cc1126e26bf02d705",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_0e890",
                            table="accounts_user",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="organisation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "accounts_organisationevent" ("closed_on", "code", "code_scheme", "id", "kind", "name", "nation", "opened_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "successor_id") VALUES (NEW."closed_on", NEW."code", NEW."code_scheme", NEW."id", NEW."kind", NEW."name", NEW."nation", NEW."opened_on", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."successor_id"); RETURN NULL;',
                            hash="f3a770873ae100f95ebb98e1b82e1495e5d381b6",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_66a5c",
                            table="accounts_organisation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="organisation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "accounts_organisationevent" ("closed_on", "code", "code_scheme", "id", "kind", "name", "nation", "opened_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "successor_id") VALUES (NEW."closed_on", NEW."code", NEW."code_scheme", NEW."id", NEW."kind", NEW."name", NEW."nation", NEW."opened_on", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."successor_id"); RETURN NULL;',
                            hash="cf69b3b722cb6a384ae6aa81500fa4804db91dde",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_9e5fc",
                            table="accounts_organisation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="organisationevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="845e2a6e8e1a6335e3e91a32605b9bf35b983db2",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_4e6f4",
                            table="accounts_organisationevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="team",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "accounts_teamevent" ("closed_on", "id", "mailbox", "name", "nation", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "side", "telephone", "version") VALUES (NEW."closed_on", NEW."id", NEW."mailbox", NEW."name", NEW."nation", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."side", NEW."telephone", NEW."version"); RETURN NULL;',
                            hash="62f946772787a0279f382e4f638d6635d817b1e2",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_71b40",
                            table="accounts_team",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="team",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "accounts_teamevent" ("closed_on", "id", "mailbox", "name", "nation", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "side", "telephone", "version") VALUES (NEW."closed_on", NEW."id", NEW."mailbox", NEW."name", NEW."nation", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."side", NEW."telephone", NEW."version"); RETURN NULL;',
                            hash="c8a3f1f44ba8d4af7c77235473dbbbc58a617ea2",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_529da",
                            table="accounts_team",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="membershipevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="e1f05704110766345bef638c18be4307af995a77",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_9ee6c",
                            table="accounts_membershipevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="membership",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "accounts_membershipevent" ("id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "since", "team_id", "until", "user_id") VALUES (NEW."id", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."role", NEW."since", NEW."team_id", NEW."until", NEW."user_id"); RETURN NULL;',
                            hash="f8f89c00b1177d76a63a2f686624d2daff080cae",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_fc05a",
                            table="accounts_membership",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="membership",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "accounts_membershipevent" ("id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "since", "team_id", "until", "user_id") VALUES (NEW."id", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."role", NEW."since", NEW."team_id", NEW."until", NEW."user_id"); RETURN NULL;',
                            hash="c12c10812f8452a8d0c7abcda27157a9eae624c2",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_20ab5",
                            table="accounts_membership",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="teamevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="86fe6d88b31fca89c72d6d66e9cd1db158f91495",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_f422b",
                            table="accounts_teamevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="userevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="9e9498e73f6fbdf2642fb33fa14189f1ad2382c8",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_45b21",
                            table="accounts_userevent",
                            when="BEFORE",
                        ),
                    ),
                ),
            ],
        ),
    ]
