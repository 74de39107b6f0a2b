"""Every route by name, and who may pass it. A route that is not here fails the build.

The classes:
  public          anybody, signed in or not
  stranger        signing in and what belongs to it: anybody, without anything of anybody
  own             whoever is signed in, about themselves or nobody
  refer           a role that refers, in any team
  triage          a role that triages, in any team
  oversee         a role that leads a team
  people          an organisation administrator
  looks-after     who leads a team, or an organisation administrator
  rota            a role that looks after the working weeks of a team
  week            whoever's week it is, and who sets weeks in their team; others: not there
  upkeep          a directory editor or an organisation administrator
  entries         a directory editor, about entries of their own organisation; others: not there
  editor          a directory editor of the organisation that the entry belongs to
  report          whoever made the report, and those who look after the entry it is about
  parties         somebody of a team that has a part in the referral; others: not there
  receiver        of the parties, the receiving team; the other party is refused
  sender          of the parties, the sending team; the other party is refused
  team-member     whoever works in a team
  invited         who is invited to the meeting, organises it, or leads its team; others: not there
  organiser       of those, the team that arranged it; the others are refused
  owners          the team whose series of meetings it is; others: not there
  host            of a visit, whoever is to be visited; the visitor is refused; others: not there
  together        somebody who refers for the team, which shares referrals with the other team;
                  others: not there
  author          the team that writes the draft; others: not there
"""

PUBLIC, STRANGER, OWN = "public", "stranger", "own"
REFER, TRIAGE, OVERSEE, PEOPLE = "refer", "triage", "oversee", "people"
LOOKS_AFTER = "looks-after"
ROTA, WEEK = "rota", "week"
UPKEEP, EDITOR, REPORT = "upkeep", "editor", "report"
ENTRIES = "entries"
PARTIES, RECEIVER, SENDER, AUTHOR = "parties", "receiver", "sender", "author"
TEAM_MEMBER, INVITED, ORGANISER = "team-member", "invited", "organiser"
OWNERS = "owners"
HOST, TOGETHER = "host", "together"

PAGES: dict[str, str] = {
    "home": PUBLIC,
    "healthz": PUBLIC,
    "readyz": PUBLIC,
    "demonstration-mails": PUBLIC,
    "demonstration-mail": PUBLIC,
    "about": PUBLIC,
    "accessibility": PUBLIC,
    "who-to-contact": PUBLIC,
    "service": PUBLIC,
    "directory": OWN,
    "directory-entry": OWN,
    "directory-entry-report": OWN,
    "directory-entry-checked": EDITOR,
    "directory-entry-rhythm": EDITOR,
    "directory-upkeep": UPKEEP,
    "own-entries": ENTRIES,
    "own-entry-new": ENTRIES,
    "own-entry": ENTRIES,
    "own-entry-part": ENTRIES,
    "own-entry-close": ENTRIES,
    "own-entry-history": ENTRIES,
    "own-entry-undo": ENTRIES,
    "directory-main-number": EDITOR,
    "directory-report": REPORT,
    "directory-report-words": REPORT,
    "practice-card": PUBLIC,
    "practice-card-pdf": PUBLIC,
    "account": OWN,
    "account-still-here": OWN,
    "account-time-left": STRANGER,
    "account-unsent": STRANGER,
    "account-throw-away": STRANGER,
    "account-invitation": STRANGER,
    "account_login": STRANGER,
    "account_logout": STRANGER,
    "account_inactive": STRANGER,
    "usersessions_list": OWN,
    "account_change_password": OWN,
    "account_set_password": OWN,
    "account_reauthenticate": OWN,
    "account_reset_password": STRANGER,
    "account_reset_password_done": STRANGER,
    "account_reset_password_from_key": STRANGER,
    "account_reset_password_from_key_done": STRANGER,
    "mfa_index": OWN,
    "mfa_authenticate": STRANGER,
    "mfa_reauthenticate": OWN,
    "mfa_activate_totp": OWN,
    "mfa_deactivate_totp": OWN,
    "mfa_view_recovery_codes": OWN,
    "mfa_generate_recovery_codes": OWN,
    "mfa_download_recovery_codes": OWN,
    "mfa_list_webauthn": OWN,
    "mfa_add_webauthn": OWN,
    "mfa_login_webauthn": STRANGER,
    "mfa_reauthenticate_webauthn": OWN,
    "mfa_edit_webauthn": OWN,
    "mfa_remove_webauthn": OWN,
    "account-told": OWN,
    "account-teams": OWN,
    "account-mailbox": LOOKS_AFTER,
    "account-mailbox-code": LOOKS_AFTER,
    "account-mailbox-members": LOOKS_AFTER,
    "account-mailbox-give-up": LOOKS_AFTER,
    "account-mails": LOOKS_AFTER,
    "account-week": OWN,
    "account-week-team": ROTA,
    "account-week-of": WEEK,
    "account-week-set": WEEK,
    "account-week-end": WEEK,
    "account-week-day": WEEK,
    "account-week-remove-day": WEEK,
    "account-week-leave": WEEK,
    "account-week-remove-leave": WEEK,
    "account-calendars": OWN,
    "account-calendar-address": OWN,
    "account-calendar-file": OWN,
    "account-calendar-file-again": OWN,
    "account-calendar-try-again": OWN,
    "account-calendar-remove": OWN,
    "account-mail-try-again": LOOKS_AFTER,
    "account-mail-told": LOOKS_AFTER,
    "account-people": PEOPLE,
    "account-invite": PEOPLE,
    "account-end-membership": PEOPLE,
    "account-reset-second-step": PEOPLE,
    "account-withdraw": PEOPLE,
    "board": REFER,
    "team": OVERSEE,
    "inbox": TRIAGE,
    "inbox-news": TRIAGE,
    "referral-new": REFER,
    "draft": AUTHOR,
    "draft-save": AUTHOR,
    "draft-check": AUTHOR,
    "draft-known": AUTHOR,
    "draft-discard": AUTHOR,
    "referral": PARTIES,
    "referral-write": PARTIES,
    "referral-close": PARTIES,
    "referral-reopen": PARTIES,
    "referral-undo": PARTIES,
    "referral-hand-back": RECEIVER,
    "referral-claim": RECEIVER,
    "referral-release": RECEIVER,
    "referral-take-over": RECEIVER,
    "referral-ask": RECEIVER,
    "referral-accept": RECEIVER,
    "referral-decline": RECEIVER,
    "referral-redirect": RECEIVER,
    "referral-answer": SENDER,
    "referral-sent": SENDER,
    "referral-withdraw": SENDER,
    "meetings": OWN,
    "meeting": INVITED,
    "meeting-arrange": TEAM_MEMBER,
    "meeting-find": ORGANISER,
    "meeting-book": ORGANISER,
    "meeting-cancel": ORGANISER,
    "actions": OWN,
    "action-finish": OWN,
    "referral-add": PARTIES,
    "series": REFER,
    "series-new": REFER,
    "series-page": OWNERS,
    "series-change": OWNERS,
    "series-make": OWNERS,
    "series-end": OWNERS,
    "meeting-at": INVITED,
    "meeting-at-news": INVITED,
    "meeting-at-begin": INVITED,
    "meeting-at-pen": INVITED,
    "meeting-at-hand": INVITED,
    "meeting-at-end": INVITED,
    "meeting-item-begin": INVITED,
    "meeting-item-put-off": INVITED,
    "meeting-item-end": INVITED,
    "meeting-item-note": INVITED,
    "meeting-item-note-save": INVITED,
    "meeting-item-decide": INVITED,
    "meeting-item-action": INVITED,
    "meeting-item-improvement": INVITED,
    "meeting-item-used": INVITED,
    "meeting-write": INVITED,
    "meeting-guests": INVITED,
    "meeting-carry": INVITED,
    "meeting-take-off": PARTIES,
    "meeting-minutes": INVITED,
    "meeting-minutes-pdf": INVITED,
    "meeting-part": PARTIES,
    "meeting-part-pdf": PARTIES,
    "meeting-people": ORGANISER,
    "meeting-answer": INVITED,
    "meeting-answer-link": STRANGER,
    "meeting-feed": OWN,
    "meeting-feed-file": STRANGER,
    "meeting-visit-accept": HOST,
    "meeting-visit-decline": HOST,
    "meeting-visit-again": ORGANISER,
    "together": REFER,
    "together-first": TOGETHER,
    "together-first-not-now": TOGETHER,
    "together-visit": TOGETHER,
    "together-reflection": TOGETHER,
    "working-together": OWN,
    "notifications": OWN,
    "notifications-latest": OWN,
    "notifications-seen": OWN,
}
API: dict[str, str] = {
    "api-schema": PUBLIC,
    "api-who-to-contact": PUBLIC,
    "api-referrals": REFER,
    "api-inbox": TRIAGE,
    "api-referral": PARTIES,
    "api-referral-close": PARTIES,
    "api-referral-reopen": PARTIES,
    "api-referral-undo": PARTIES,
    "api-referral-hand-back": RECEIVER,
    "api-referral-claim": RECEIVER,
    "api-referral-ask": RECEIVER,
    "api-referral-accept": RECEIVER,
    "api-referral-decline": RECEIVER,
    "api-referral-redirect": RECEIVER,
    "api-referral-answer": SENDER,
    "api-referral-withdraw": SENDER,
}
