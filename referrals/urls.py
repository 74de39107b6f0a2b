from django.urls import path

from referrals import references  # noqa: F401 (makes the converter known)
from referrals.views import endings, events, lists, refer, refer_parts, referral

urlpatterns = [
    path("", lists.board, name="board"),
    path("inbox/", lists.inbox, name="inbox"),
    path("team/", lists.team, name="team"),
    path("inbox/news/", lists.inbox_news, name="inbox-news"),
    path("new/<str:service>/", refer.new, name="referral-new"),
    path("drafts/<str:key>/", refer.draft, name="draft"),
    path("drafts/<str:key>/save/", refer_parts.save, name="draft-save"),
    path("drafts/<str:key>/check/", refer_parts.check, name="draft-check"),
    path("drafts/<str:key>/known/", refer_parts.known, name="draft-known"),
    path("drafts/<str:key>/discard/", refer_parts.discard, name="draft-discard"),
    path("<reference:reference>/", referral.page, name="referral"),
    path("<reference:reference>/sent/", refer_parts.sent, name="referral-sent"),
    path("<reference:reference>/claim/", events.claim, name="referral-claim"),
    path("<reference:reference>/release/", events.release, name="referral-release"),
    path("<reference:reference>/take-over/", events.take_over, name="referral-take-over"),
    path("<reference:reference>/write/", events.write, name="referral-write"),
    path("<reference:reference>/ask/", events.ask, name="referral-ask"),
    path("<reference:reference>/answer/", events.answer, name="referral-answer"),
    path("<reference:reference>/accept/", events.accept, name="referral-accept"),
    path("<reference:reference>/decline/", events.decline, name="referral-decline"),
    path("<reference:reference>/redirect/", endings.redirect_on, name="referral-redirect"),
    path("<reference:reference>/outside/", endings.outside, name="referral-outside"),
    path("<reference:reference>/withdraw/", endings.withdraw, name="referral-withdraw"),
    path("<reference:reference>/close/", endings.close, name="referral-close"),
    path("<reference:reference>/hand-back/", endings.hand_back, name="referral-hand-back"),
    path("<reference:reference>/reopen/", endings.reopen, name="referral-reopen"),
    path("<reference:reference>/undo/", events.undo, name="referral-undo"),
]
