"""Who is behind a session: the user, read together with what they belong to."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.base_user import AbstractBaseUser

from portal.accounts.memberships import find_user


class Backend(AuthenticationBackend):
    """allauth's, with one statement where there were two: every page needs the roles as well."""

    def get_user(self, user_id: Any) -> AbstractBaseUser | None:
        """The user of a session; None for somebody who has left, or who is not there."""
        found = find_user(int(user_id))
        if found is None or not self.user_can_authenticate(found.user):
            return None
        found.user.read_with = found.memberships
        return found.user
