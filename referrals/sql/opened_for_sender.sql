-- Of an opening `o` of a referral `r`: whether it counts for the sender. While nobody holds it only
-- people of the team that has it now do, whichever team they were in then: it may have come to it
-- from another council's.
o.team_id <> r.sending_team_id
AND (
    r.status <> 'sent'
    OR o.team_id = r.receiving_team_id
    OR EXISTS (
        SELECT 1
        FROM accounts_membership m
        JOIN accounts_user u ON u.id = m.user_id
        WHERE m.user_id = o.user_id AND m.team_id = r.receiving_team_id AND {holds}
    )
)
