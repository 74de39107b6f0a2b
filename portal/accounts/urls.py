"""Addresses under /account/. Of allauth's pages only those that have a template of ours."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from django.urls import path, re_path

from portal.accounts.views import account as own
from portal.accounts.views import (
    calendars,
    failed_mails,
    invitations,
    people,
    second_step,
    sign_in,
    told,
    week,
    week_set,
)

# The names with an underscore are allauth's: it looks its own pages up by them.
urlpatterns = [
    path("", own.account, name="account"),
    path("still-here/", own.still_here, name="account-still-here"),
    path("time-left/", own.time_left, name="account-time-left"),
    path("unsent/", own.unsent, name="account-unsent"),
    path("unsent/<str:key>/", own.unsent_one, name="account-unsent-one"),
    path("unsent/<str:key>/throw-away/", own.throw_away, name="account-throw-away"),
    path("invitation/<str:token>/", invitations.invitation, name="account-invitation"),
    # signing in and out
    path("sign-in/", sign_in.SignInView.as_view(), name="account_login"),
    path("sign-out/", account.logout, name="account_logout"),
    path("closed/", account.account_inactive, name="account_inactive"),
    path("sign-ins/", sign_in.SignInsView.as_view(), name="usersessions_list"),
    # passwords
    path("password/", account.password_change, name="account_change_password"),
    path("password/set/", account.password_set, name="account_set_password"),
    path("password/confirm/", account.reauthenticate, name="account_reauthenticate"),
    path("password/forgotten/", account.password_reset, name="account_reset_password"),
    path(
        "password/forgotten/sent/",
        account.password_reset_done,
        name="account_reset_password_done",
    ),
    re_path(
        r"^password/new/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/chosen/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    # the second step
    path("second-step/", mfa.index, name="mfa_index"),
    path("second-step/code/", mfa.authenticate, name="mfa_authenticate"),
    path("second-step/confirm/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("second-step/app/", totp.activate_totp, name="mfa_activate_totp"),
    path("second-step/app/remove/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("second-step/codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "second-step/codes/new/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"
    ),
    path(
        "second-step/codes/download/",
        codes.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    # passkeys
    path("passkeys/", passkeys.list_webauthn, name="mfa_list_webauthn"),
    path("passkeys/add/", passkeys.add_webauthn, name="mfa_add_webauthn"),
    path("passkeys/sign-in/", sign_in.PasskeySignInView.as_view(), name="mfa_login_webauthn"),
    path(
        "passkeys/confirm/",
        sign_in.ConfirmByPasskeyView.as_view(),
        name="mfa_reauthenticate_webauthn",
    ),
    path("passkeys/<int:pk>/rename/", passkeys.edit_webauthn, name="mfa_edit_webauthn"),
    path(
        "passkeys/<int:pk>/remove/",
        second_step.RemovePasskeyView.as_view(),
        name="mfa_remove_webauthn",
    ),
    # how people and teams are told
    path("told/", told.choose, name="account-told"),
    path("teams/", told.teams, name="account-teams"),
    path("teams/<int:pk>/", told.mailbox, name="account-mailbox"),
    path("teams/<int:pk>/code/", told.code, name="account-mailbox-code"),
    path("teams/<int:pk>/members/", told.members, name="account-mailbox-members"),
    path("teams/<int:pk>/give-up/", told.give_up, name="account-mailbox-give-up"),
    path("mails/", failed_mails.failed_mails, name="account-mails"),
    path("mails/<int:pk>/try-again/", failed_mails.try_again, name="account-mail-try-again"),
    path("mails/<int:pk>/told/", failed_mails.told, name="account-mail-told"),
    # working weeks and other calendars
    path("week/", week.own, name="account-week"),
    path("week/team/", week.team, name="account-week-team"),
    path("week/<int:person>/", week.week, name="account-week-of"),
    path("week/<int:person>/set/", week_set.set_week, name="account-week-set"),
    path("week/<int:person>/end/<int:pk>/", week_set.end_week, name="account-week-end"),
    path("week/<int:person>/days/", week.add_day, name="account-week-day"),
    path(
        "week/<int:person>/days/<int:pk>/remove/",
        week.remove_day,
        name="account-week-remove-day",
    ),
    path("week/<int:person>/leave/", week.add_leave, name="account-week-leave"),
    path(
        "week/<int:person>/leave/<int:pk>/remove/",
        week.remove_leave,
        name="account-week-remove-leave",
    ),
    path("calendars/", calendars.listing, name="account-calendars"),
    path("calendars/address/", calendars.add_address, name="account-calendar-address"),
    path("calendars/file/", calendars.add_file, name="account-calendar-file"),
    path("calendars/<int:pk>/", calendars.one, name="account-calendar"),
    path("calendars/<int:pk>/file/", calendars.file_again, name="account-calendar-file-again"),
    path("calendars/<int:pk>/try-again/", calendars.try_again, name="account-calendar-try-again"),
    path("calendars/<int:pk>/remove/", calendars.remove, name="account-calendar-remove"),
    # other people
    path("people/", people.people, name="account-people"),
    path("people/invite/<int:organisation>/", people.invite, name="account-invite"),
    path("people/<int:pk>/end/", people.end_membership, name="account-end-membership"),
    path(
        "people/<int:pk>/second-step/", people.reset_second_step, name="account-reset-second-step"
    ),
    path("people/invitations/<int:pk>/withdraw/", people.withdraw, name="account-withdraw"),
]
