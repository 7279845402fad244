# The firm's first page

home-next = Next step
home-next-trust = Import the newest trust data
home-next-trust-why = Without trust data in force nobody can tell who issued a certificate and whether it still holds.
home-next-trust-do = Import
home-next-backup = Make a backup
home-next-backup-why = Keys and data are on this machine only; if it breaks, they are gone.
home-next-backup-do = Back up
home-next-import = Import the credentials you hold
home-next-import-why = Once imported, their validity is watched and they can go into a dossier.
home-next-import-do = Import
home-next-answer = Answer a request: { $about }
home-next-answer-why = It names what is to be shown and what for. You choose what to disclose.
home-next-answer-do = Answer
home-next-supplement = Add what is asked for: { $about }
home-next-supplement-why = The destination asks for more. Add it before the day, sign again and hand it in.
home-next-supplement-do = Add it
home-next-more = { $count } more dossiers are asked for supplements, see the list below.
home-next-sign = Go on with a dossier: { $about }
home-next-sign-why = All that was typed is there. Once the check passes it can be signed and exported.
home-next-sign-do = Go on
home-next-hand = Hand it in: { $about }
home-next-hand-why = The dossier is signed. Give the exported file to the destination; once it is there, wait for the decision and import it.
home-next-hand-do = Look at it
home-next-renew = Replace what no longer holds: { $about }
home-next-renew-why = It will not be accepted; ask the issuer for a new one first.
home-next-renew-do = Look at it
home-next-begin = Prepare a new dossier
home-next-begin-why = Choose where to and what for, and see what is ready and what is missing.
home-next-begin-do = Begin

home-due = Ending or not in force
home-due-none = { $count ->
    [one] The one credential held is in force and does not end within 90 days.
   *[other] All { $count } credentials held are in force, and none ends within 90 days.
}
home-due-nothing-held = No credential was imported yet.
home-all-held = All credentials
home-days-left = { $count ->
    [0] due today
    [one] 1 day left
   *[other] { $count } days left
}
home-days-over = { $count ->
    [one] 1 day ago
   *[other] { $count } days ago
}
home-standing-valid = Valid
home-standing-expiring = Ending soon
home-standing-within = Ends within { $days } days
home-standing-expired = Expired
home-standing-revoked = Revoked
home-standing-ended = Ended
home-standing-suspended = Suspended
home-standing-unknown = Not known

home-requests = Requests to answer
home-requests-none = No request waits for an answer.
home-all-requests = All requests
home-until = Answer before

home-drafts = Dossiers
home-drafts-none = There is no dossier yet.
home-all-drafts = All dossiers
home-draft-draft = In work
home-draft-signed = Signed
home-draft-decided = Decided

home-machine = This machine
home-trust = Trust data
home-trust-none = None
home-trust-old = Past their end
home-trust-good = Usable
home-backup = Backup
home-backup-due = Due
home-backup-beside = On this disk only
home-backup-beside-why = choose another folder for it, on another disk or a stick
home-backup-good = Made
home-moved = was { $from }, new
