import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import contacts.models.places
import contacts.models.services
import portal.core.migrating


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("accounts", "__first__"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        portal.core.migrating.Together(
            operations=[
                migrations.CreateModel(
                    name="CatchmentPart",
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
                        ("part", models.CharField(max_length=6)),
                        ("is_invented", models.BooleanField(default=False)),
                        (
                            "practice",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="catchment",
                                to="contacts.practice",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("practice", "part"), name="catchment_part_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("part__regex", "^[A-Z]{1,2}[0-9][A-Z0-9]?( [0-9])?$")
                                ),
                                name="catchment_part_shape",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Contact",
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
                                    ("telephone", "telephone"),
                                    ("email", "email"),
                                    ("web", "web page"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("value", models.CharField(max_length=200)),
                        ("label", models.CharField(blank=True, max_length=80)),
                        (
                            "visibility",
                            models.CharField(
                                choices=[
                                    ("public", "everybody"),
                                    ("professional", "signed-in colleagues"),
                                    ("protected", "nobody"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(default=0)),
                        (
                            "service",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="contacts",
                                to="contacts.service",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["position", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("service", "kind", "value"), name="contact_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("kind", "telephone"),
                                        ("value__regex", "^\\+?[0-9][0-9 ]{2,28}$"),
                                    ),
                                    models.Q(
                                        ("kind", "email"),
                                        ("value__regex", "^[^\\s@]+@[^\\s@]+\\.[^\\s@]+$"),
                                    ),
                                    models.Q(
                                        ("kind", "web"), ("value__regex", "^https?://[^\\s]+$")
                                    ),
                                    _connector="OR",
                                ),
                                name="contact_value_shape",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CouncilEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("gss", models.CharField(blank=True, max_length=9)),
                        (
                            "type",
                            models.CharField(
                                choices=[
                                    ("unitary", "unitary authority"),
                                    ("metropolitan", "metropolitan borough"),
                                    ("london", "London borough"),
                                    ("county", "county council"),
                                    ("district", "district council"),
                                    ("welsh", "Welsh principal area"),
                                    ("scottish", "Scottish council"),
                                    ("northern-irish", "district council in Northern Ireland"),
                                ],
                                max_length=14,
                            ),
                        ),
                        (
                            "short_name",
                            models.CharField(
                                help_text="As people say it: Trafford.", max_length=80
                            ),
                        ),
                        (
                            "former_gss",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=9),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                serialize=False,
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
                                to="contacts.council",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Postcode",
                    fields=[
                        ("key", models.CharField(max_length=7, primary_key=True, serialize=False)),
                        ("nation", models.CharField(max_length=16)),
                        ("district_gss", models.CharField(blank=True, max_length=9)),
                        ("county_gss", models.CharField(blank=True, max_length=9)),
                        ("latitude", models.FloatField(null=True)),
                        ("longitude", models.FloatField(null=True)),
                        ("terminated_on", models.DateField(null=True)),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("key__regex", "^[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}$")
                                ),
                                name="postcode_key",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("district_gss__in", ["", "L99999999", "M99999999"]),
                                    ("district_gss__regex", "^(E0[6-9]|W06|S12|N09)\\d{6}$"),
                                    _connector="OR",
                                ),
                                name="postcode_district",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("county_gss", ""),
                                    ("county_gss__regex", "^E10\\d{6}$"),
                                    _connector="OR",
                                ),
                                name="postcode_county",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("latitude__isnull", True), ("longitude__isnull", True)
                                    ),
                                    models.Q(
                                        ("latitude__range", (48, 62)),
                                        ("longitude__range", (-12, 4)),
                                    ),
                                    _connector="OR",
                                ),
                                name="postcode_both_coordinates",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Practice",
                    fields=[
                        (
                            "organisation",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                related_name="practice",
                                serialize=False,
                                to="accounts.organisation",
                            ),
                        ),
                        ("ods", models.CharField(max_length=8, unique=True)),
                        ("address", models.CharField(blank=True, max_length=250)),
                        ("postcode", models.CharField(blank=True, max_length=8)),
                        ("telephone", models.CharField(blank=True, max_length=30)),
                        ("area_gss", models.CharField(blank=True, max_length=9)),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("area_gss", ""),
                                    ("area_gss__regex", "^(E0[6-9]|W06|S12|N09)\\d{6}$"),
                                    _connector="OR",
                                ),
                                name="practice_area",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PracticeEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("ods", models.CharField(max_length=8)),
                        ("address", models.CharField(blank=True, max_length=250)),
                        ("postcode", models.CharField(blank=True, max_length=8)),
                        ("telephone", models.CharField(blank=True, max_length=30)),
                        ("area_gss", models.CharField(blank=True, max_length=9)),
                        (
                            "organisation",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                serialize=False,
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
                                to="contacts.practice",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="RegisteredShare",
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
                        ("share", models.DecimalField(decimal_places=3, max_digits=4)),
                        ("is_invented", models.BooleanField(default=False)),
                        (
                            "authority",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.organisation",
                            ),
                        ),
                        (
                            "practice",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="shares",
                                to="contacts.practice",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("practice", "authority"), name="registered_share_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("share__gt", 0), ("share__lte", 1)),
                                name="registered_share_is_a_part",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Responsibility",
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
                        ("area_gss", models.CharField(max_length=9)),
                        ("area_name", models.CharField(max_length=80)),
                        (
                            "authority_gss",
                            models.CharField(
                                blank=True,
                                help_text="The code it had in those days; empty while unknown.",
                                max_length=9,
                            ),
                        ),
                        (
                            "how",
                            models.CharField(
                                choices=[
                                    ("council", "the area's own council"),
                                    ("county", "the county council, not the district's"),
                                    (
                                        "partnership",
                                        "the council, through a health and social care partnership",
                                    ),
                                    ("health-board", "the NHS board, for the council"),
                                    ("health-trust", "a Health and Social Care Trust, no council"),
                                ],
                                max_length=14,
                            ),
                        ),
                        ("from_date", models.DateField()),
                        ("until", models.DateField(blank=True, null=True)),
                        (
                            "authority",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.organisation",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["area_gss", "from_date"], name="responsibility_area"
                            )
                        ],
                        "constraints": [
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[
                                    (contacts.models.places._OneArea("area_gss"), "&&"),
                                    (contacts.models.places._Days("from_date", "until"), "&&"),
                                ],
                                name="responsibility_one_a_day",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until__isnull", True),
                                    ("until__gt", models.F("from_date")),
                                    _connector="OR",
                                ),
                                name="responsibility_ends_after_it_begins",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("area_gss__regex", "^(E0[6-9]|W06|S12|N09)\\d{6}$")
                                ),
                                name="responsibility_area_code",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("authority__isnull", True), ("how", "health-trust")),
                                    models.Q(
                                        models.Q(("how", "health-trust"), _negated=True),
                                        ("authority__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="responsibility_has_authority",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ResponsibilityEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("area_gss", models.CharField(max_length=9)),
                        ("area_name", models.CharField(max_length=80)),
                        (
                            "authority_gss",
                            models.CharField(
                                blank=True,
                                help_text="The code it had in those days; empty while unknown.",
                                max_length=9,
                            ),
                        ),
                        (
                            "how",
                            models.CharField(
                                choices=[
                                    ("council", "the area's own council"),
                                    ("county", "the county council, not the district's"),
                                    (
                                        "partnership",
                                        "the council, through a health and social care partnership",
                                    ),
                                    ("health-board", "the NHS board, for the council"),
                                    ("health-trust", "a Health and Social Care Trust, no council"),
                                ],
                                max_length=14,
                            ),
                        ),
                        ("from_date", models.DateField()),
                        ("until", models.DateField(blank=True, null=True)),
                        (
                            "authority",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
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
                                to="contacts.responsibility",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Service",
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
                            "reference",
                            models.CharField(
                                default=contacts.models.services.new_service_reference,
                                max_length=16,
                                unique=True,
                            ),
                        ),
                        ("name", models.CharField(max_length=120)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("front-door", "adult social care front door"),
                                    ("emergency-duty", "emergency duty team"),
                                    ("safeguarding", "adult safeguarding"),
                                    ("transfer-hub", "care transfer hub"),
                                    ("community-health", "community health"),
                                    ("mental-health", "mental health"),
                                    ("carers", "support for carers"),
                                    ("practice", "GP practice"),
                                    ("hospital", "hospital team"),
                                    ("voluntary", "voluntary or community group"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "basis",
                            models.CharField(
                                choices=[
                                    ("lives", "where the person lives"),
                                    ("registered", "the practice they are registered with"),
                                    ("is-now", "where the person is now"),
                                    ("cared-for", "where the person cared for lives"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "nation",
                            models.CharField(
                                choices=[
                                    ("England", "England"),
                                    ("Wales", "Wales"),
                                    ("Scotland", "Scotland"),
                                    ("Northern Ireland", "Northern Ireland"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("is_single_point_of_access", models.BooleanField(default=False)),
                        ("summary", models.CharField(blank=True, max_length=400)),
                        (
                            "what_it_needs",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=160),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        (
                            "what_it_does_not_do",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=160),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        ("how_it_takes_referrals", models.CharField(blank=True, max_length=300)),
                        ("is_always_open", models.BooleanField(default=False)),
                        ("closed_on_bank_holidays", models.BooleanField(default=True)),
                        ("routine_minutes", models.PositiveIntegerField(blank=True, null=True)),
                        ("this_week_minutes", models.PositiveIntegerField(blank=True, null=True)),
                        ("today_minutes", models.PositiveIntegerField(blank=True, null=True)),
                        ("last_checked_on", models.DateField(blank=True, null=True)),
                        (
                            "is_invented",
                            models.BooleanField(
                                default=False, help_text="For the demonstration only."
                            ),
                        ),
                        ("closed_on", models.DateField(blank=True, null=True)),
                        (
                            "last_checked_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="services",
                                to="accounts.organisation",
                            ),
                        ),
                        (
                            "out_of_hours",
                            models.ForeignKey(
                                blank=True,
                                help_text="Whom to ring while this one is closed.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="contacts.service",
                            ),
                        ),
                        (
                            "receiving_team",
                            models.ForeignKey(
                                blank=True,
                                help_text="Who reads referrals; without one, none can be sent here.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="services",
                                to="accounts.team",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("closed_on__isnull", True)),
                                fields=("organisation", "name"),
                                name="service_name_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("last_checked_by__isnull", True),
                                    ("last_checked_on__isnull", False),
                                    _connector="OR",
                                ),
                                name="service_checked_by_on",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("out_of_hours", models.F("id")), _negated=True),
                                name="service_not_its_own_out_of_hours",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("routine_minutes__isnull", True),
                                        ("this_week_minutes__isnull", True),
                                        ("today_minutes__isnull", True),
                                    ),
                                    models.Q(
                                        ("routine_minutes__gte", models.F("this_week_minutes")),
                                        ("this_week_minutes__gte", models.F("today_minutes")),
                                        ("today_minutes__gt", 0),
                                    ),
                                    _connector="OR",
                                ),
                                name="service_standards_all_or_none",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("receiving_team__isnull", True),
                                    ("routine_minutes__isnull", False),
                                    _connector="OR",
                                ),
                                name="service_that_takes_referrals_has_standards",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ServiceArea",
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
                        ("area_gss", models.CharField(max_length=9)),
                        (
                            "service",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="areas",
                                to="contacts.service",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("area_gss", "service"), name="service_area_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("area_gss__regex", "^(E0[6-9]|W06|S12|N09)\\d{6}$")
                                ),
                                name="service_area_code",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ServiceAreaEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("area_gss", models.CharField(max_length=9)),
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
                                to="contacts.servicearea",
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
                    name="ServiceEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "reference",
                            models.CharField(
                                default=contacts.models.services.new_service_reference,
                                max_length=16,
                            ),
                        ),
                        ("name", models.CharField(max_length=120)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("front-door", "adult social care front door"),
                                    ("emergency-duty", "emergency duty team"),
                                    ("safeguarding", "adult safeguarding"),
                                    ("transfer-hub", "care transfer hub"),
                                    ("community-health", "community health"),
                                    ("mental-health", "mental health"),
                                    ("carers", "support for carers"),
                                    ("practice", "GP practice"),
                                    ("hospital", "hospital team"),
                                    ("voluntary", "voluntary or community group"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "basis",
                            models.CharField(
                                choices=[
                                    ("lives", "where the person lives"),
                                    ("registered", "the practice they are registered with"),
                                    ("is-now", "where the person is now"),
                                    ("cared-for", "where the person cared for lives"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "nation",
                            models.CharField(
                                choices=[
                                    ("England", "England"),
                                    ("Wales", "Wales"),
                                    ("Scotland", "Scotland"),
                                    ("Northern Ireland", "Northern Ireland"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("is_single_point_of_access", models.BooleanField(default=False)),
                        ("summary", models.CharField(blank=True, max_length=400)),
                        (
                            "what_it_needs",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=160),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        (
                            "what_it_does_not_do",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=160),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        ("how_it_takes_referrals", models.CharField(blank=True, max_length=300)),
                        ("is_always_open", models.BooleanField(default=False)),
                        ("closed_on_bank_holidays", models.BooleanField(default=True)),
                        ("routine_minutes", models.PositiveIntegerField(blank=True, null=True)),
                        ("this_week_minutes", models.PositiveIntegerField(blank=True, null=True)),
                        ("today_minutes", models.PositiveIntegerField(blank=True, null=True)),
                        ("last_checked_on", models.DateField(blank=True, null=True)),
                        (
                            "is_invented",
                            models.BooleanField(
                                default=False, help_text="For the demonstration only."
                            ),
                        ),
                        ("closed_on", models.DateField(blank=True, null=True)),
                        (
                            "last_checked_by",
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
                            "out_of_hours",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                help_text="Whom to ring while this one is closed.",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="contacts.service",
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
                                to="contacts.service",
                            ),
                        ),
                        (
                            "receiving_team",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                help_text="Who reads referrals; without one, none can be sent here.",
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
                    name="ServiceHours",
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
                        ("weekday", models.PositiveSmallIntegerField()),
                        ("opens", models.TimeField()),
                        ("closes", models.TimeField()),
                        (
                            "service",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="opening_hours",
                                to="contacts.service",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["weekday", "opens"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("service", "weekday", "opens"), name="service_hours_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("weekday__gte", 0), ("weekday__lte", 6)),
                                name="service_hours_weekday",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("closes__gt", models.F("opens")),
                                    ("closes", "00:00"),
                                    _connector="OR",
                                ),
                                name="service_hours_closes_after_opening",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ServiceHoursEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("weekday", models.PositiveSmallIntegerField()),
                        ("opens", models.TimeField()),
                        ("closes", models.TimeField()),
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
                                to="contacts.servicehours",
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
                    name="ContactEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("telephone", "telephone"),
                                    ("email", "email"),
                                    ("web", "web page"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("value", models.CharField(max_length=200)),
                        ("label", models.CharField(blank=True, max_length=80)),
                        (
                            "visibility",
                            models.CharField(
                                choices=[
                                    ("public", "everybody"),
                                    ("professional", "signed-in colleagues"),
                                    ("protected", "nobody"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(default=0)),
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
                                to="contacts.contact",
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
                    name="Council",
                    fields=[
                        (
                            "organisation",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                related_name="council",
                                serialize=False,
                                to="accounts.organisation",
                            ),
                        ),
                        ("gss", models.CharField(blank=True, max_length=9)),
                        (
                            "type",
                            models.CharField(
                                choices=[
                                    ("unitary", "unitary authority"),
                                    ("metropolitan", "metropolitan borough"),
                                    ("london", "London borough"),
                                    ("county", "county council"),
                                    ("district", "district council"),
                                    ("welsh", "Welsh principal area"),
                                    ("scottish", "Scottish council"),
                                    ("northern-irish", "district council in Northern Ireland"),
                                ],
                                max_length=14,
                            ),
                        ),
                        (
                            "short_name",
                            models.CharField(
                                help_text="As people say it: Trafford.", max_length=80
                            ),
                        ),
                        (
                            "former_gss",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=9),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("gss", ""), _negated=True),
                                fields=("gss",),
                                name="council_gss_once",
                            )
                        ],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="council",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "contacts_councilevent" ("former_gss", "gss", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "short_name", "type") VALUES (NEW."former_gss", NEW."gss", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."organisation_id", NEW."short_name", NEW."type"); RETURN NULL;',
                            hash="5fbfb2bd85a0ba0871c45dddb3200c6090488a71",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_0dc5b",
                            table="contacts_council",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="council",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "contacts_councilevent" ("former_gss", "gss", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "short_name", "type") VALUES (NEW."former_gss", NEW."gss", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."organisation_id", NEW."short_name", NEW."type"); RETURN NULL;',
                            hash="5366ba446518cffbe3dd3893bb8722ce20dd6d01",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_47893",
                            table="contacts_council",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="practice",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "contacts_practiceevent" ("address", "area_gss", "ods", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "postcode", "telephone") VALUES (NEW."address", NEW."area_gss", NEW."ods", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."organisation_id", NEW."postcode", NEW."telephone"); RETURN NULL;',
                            hash="9e740001b94d7088e1edc5d1d530a6465769cfbf",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_3844a",
                            table="contacts_practice",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="practice",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "contacts_practiceevent" ("address", "area_gss", "ods", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "postcode", "telephone") VALUES (NEW."address", NEW."area_gss", NEW."ods", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."organisation_id", NEW."postcode", NEW."telephone"); RETURN NULL;',
                            hash="1c41330d24c9bd3ff0dc98cd0dd4ce8ee77ef714",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_f7d30",
                            table="contacts_practice",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="councilevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="d4af8285a986241cc70282abff30f6d900fa6f6b",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_04213",
                            table="contacts_councilevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="practiceevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="34601bdc3ccc527d203d650fe4a614a520dde4d0",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_42f0d",
                            table="contacts_practiceevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="responsibility",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "contacts_responsibilityevent" ("area_gss", "area_name", "authority_gss", "authority_id", "from_date", "how", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "until") VALUES (NEW."area_gss", NEW."area_name", NEW."authority_gss", NEW."authority_id", NEW."from_date", NEW."how", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."until"); RETURN NULL;',
                            hash="9e36a2c98a4eb85a73afe115f9f23c6c6a7b9e62",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_36ad7",
                            table="contacts_responsibility",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="responsibility",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "contacts_responsibilityevent" ("area_gss", "area_name", "authority_gss", "authority_id", "from_date", "how", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "until") VALUES (NEW."area_gss", NEW."area_name", NEW."authority_gss", NEW."authority_id", NEW."from_date", NEW."how", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."until"); RETURN NULL;',
                            hash="8efc7caabe4abfdba73abf784f86184ad99e8da6",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_ef981",
                            table="contacts_responsibility",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="responsibility",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "contacts_responsibilityevent" ("area_gss", "area_name", "authority_gss", "authority_id", "from_date", "how", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "until") VALUES (OLD."area_gss", OLD."area_name", OLD."authority_gss", OLD."authority_id", OLD."from_date", OLD."how", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."until"); RETURN NULL;',
                            hash="3050b3ecd5f66615d3066f35a8b6ce6ae4f3a241",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_3ce53",
                            table="contacts_responsibility",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="responsibilityevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="7154373a4b5e18d4c6e5d5f17e5e9298cfce618b",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_aec87",
                            table="contacts_responsibilityevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="service",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "contacts_serviceevent" ("basis", "closed_on", "closed_on_bank_holidays", "how_it_takes_referrals", "id", "is_always_open", "is_invented", "is_single_point_of_access", "kind", "last_checked_by_id", "last_checked_on", "name", "nation", "organisation_id", "out_of_hours_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "receiving_team_id", "reference", "routine_minutes", "summary", "this_week_minutes", "today_minutes", "version", "what_it_does_not_do", "what_it_needs") VALUES (NEW."basis", NEW."closed_on", NEW."closed_on_bank_holidays", NEW."how_it_takes_referrals", NEW."id", NEW."is_always_open", NEW."is_invented", NEW."is_single_point_of_access", NEW."kind", NEW."last_checked_by_id", NEW."last_checked_on", NEW."name", NEW."nation", NEW."organisation_id", NEW."out_of_hours_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."receiving_team_id", NEW."reference", NEW."routine_minutes", NEW."summary", NEW."this_week_minutes", NEW."today_minutes", NEW."version", NEW."what_it_does_not_do", NEW."what_it_needs"); RETURN NULL;',
                            hash="298ff765d92bab72399685e668f980588117ee9b",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_3f622",
                            table="contacts_service",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="service",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "contacts_serviceevent" ("basis", "closed_on", "closed_on_bank_holidays", "how_it_takes_referrals", "id", "is_always_open", "is_invented", "is_single_point_of_access", "kind", "last_checked_by_id", "last_checked_on", "name", "nation", "organisation_id", "out_of_hours_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "receiving_team_id", "reference", "routine_minutes", "summary", "this_week_minutes", "today_minutes", "version", "what_it_does_not_do", "what_it_needs") VALUES (NEW."basis", NEW."closed_on", NEW."closed_on_bank_holidays", NEW."how_it_takes_referrals", NEW."id", NEW."is_always_open", NEW."is_invented", NEW."is_single_point_of_access", NEW."kind", NEW."last_checked_by_id", NEW."last_checked_on", NEW."name", NEW."nation", NEW."organisation_id", NEW."out_of_hours_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."receiving_team_id", NEW."reference", NEW."routine_minutes", NEW."summary", NEW."this_week_minutes", NEW."today_minutes", NEW."version", NEW."what_it_does_not_do", NEW."what_it_needs"); RETURN NULL;',
                            hash="6efa496c7c2ef93494ca8ebef0a1b18e11b5f3b3",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_8771b",
                            table="contacts_service",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contactevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="505ae91e744506bc96239d442b220d182c3a2cc4",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_89e84",
                            table="contacts_contactevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contact",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "contacts_contactevent" ("id", "kind", "label", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "service_id", "value", "visibility") VALUES (NEW."id", NEW."kind", NEW."label", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."service_id", NEW."value", NEW."visibility"); RETURN NULL;',
                            hash="206559627f635dff7472a5e2b013abfa013f25c1",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_60225",
                            table="contacts_contact",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contact",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "contacts_contactevent" ("id", "kind", "label", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "service_id", "value", "visibility") VALUES (NEW."id", NEW."kind", NEW."label", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."service_id", NEW."value", NEW."visibility"); RETURN NULL;',
                            hash="edfce257f852dd944a52bdf8dd0aa1b43f1ef98a",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_7498c",
                            table="contacts_contact",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contact",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "contacts_contactevent" ("id", "kind", "label", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "service_id", "value", "visibility") VALUES (OLD."id", OLD."kind", OLD."label", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."service_id", OLD."value", OLD."visibility"); RETURN NULL;',
                            hash="2b98bd2b95f6618885468021f2ea3ef28717c65e",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_e2e36",
                            table="contacts_contact",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="servicearea",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "contacts_serviceareaevent" ("area_gss", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "service_id") VALUES (NEW."area_gss", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."service_id"); RETURN NULL;',
                            hash="a8363013f0824c692eac9a04ab123f2bc5d64c74",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_6daa0",
                            table="contacts_servicearea",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="servicearea",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "contacts_serviceareaevent" ("area_gss", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "service_id") VALUES (NEW."area_gss", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."service_id"); RETURN NULL;',
                            hash="b7c4092d5edec5de9e6d1e7a8074b2ad595f75dc",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_6636b",
                            table="contacts_servicearea",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="servicearea",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "contacts_serviceareaevent" ("area_gss", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "service_id") VALUES (OLD."area_gss", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."service_id"); RETURN NULL;',
                            hash="ac39a9014b7d1e2ac9da4c72e4018d6733a2787c",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_7907f",
                            table="contacts_servicearea",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="serviceareaevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="ddfc3bc0fc3308b99d75c5a56cf7696fc1f8ca94",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_2e9bf",
                            table="contacts_serviceareaevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="serviceevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="5887721be20bb6befe81a633f6dfd7164a98c044",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_71886",
                            table="contacts_serviceevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="servicehours",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "contacts_servicehoursevent" ("closes", "id", "opens", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "service_id", "weekday") VALUES (NEW."closes", NEW."id", NEW."opens", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."service_id", NEW."weekday"); RETURN NULL;',
                            hash="1ccbee263a609d9f2c61b93771e2d8adb38b5536",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_c4d2d",
                            table="contacts_servicehours",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="servicehours",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "contacts_servicehoursevent" ("closes", "id", "opens", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "service_id", "weekday") VALUES (NEW."closes", NEW."id", NEW."opens", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."service_id", NEW."weekday"); RETURN NULL;',
                            hash="95471183ba1d9b1614b965e7bdfe4e9036e767cd",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_b666c",
                            table="contacts_servicehours",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="servicehours",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "contacts_servicehoursevent" ("closes", "id", "opens", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "service_id", "weekday") VALUES (OLD."closes", OLD."id", OLD."opens", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."service_id", OLD."weekday"); RETURN NULL;',
                            hash="896217dd8cf86af4398c7bfa2b1908939c2c0072",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_ea7de",
                            table="contacts_servicehours",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="servicehoursevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="86ee46cdfe8d6b26da057cfc5a943cd79c01d3a1",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_cff97",
                            table="contacts_servicehoursevent",
                            when="BEFORE",
                        ),
                    ),
                ),
            ],
        ),
    ]
