"""What the tests spare themselves comes out as it would without."""

import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command

from portal.accounts.models import User
from tests.cast import make_cast


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("reset", [True, False])
def test_emptying_keeps_what_django_made_with_the_tables(reset: bool) -> None:
    make_cast()
    call_command("flush", interactive=False, verbosity=0, reset_sequences=reset)
    assert not User.objects.exists()
    assert ContentType.objects.exists()
    assert Permission.objects.exists()
