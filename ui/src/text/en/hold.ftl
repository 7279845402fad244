# Qualifications

kind-credential = Credentials
hold-lead = What this firm holds; what ends first stands first.
hold-import = Import credentials
hold-imported =
    { $count ->
        [one] One credential imported
       *[other] { $count } credentials imported
    }
hold-declare = Own statement
hold-declare-lead = Signed by the firm itself; a destination sees it marked as declared.
hold-declare-sign = Sign
hold-declare-title = Sign the statement “{ $type }”
hold-declare-means = It is signed with this firm's key, and the firm answers for its content. It cannot be changed afterwards. In a dossier it is signed anew when the dossier is signed, and holds for 24 hours from then on: hand the dossier over the same day, or sign it again.
hold-key = Export the firm's key
hold-key-file = firm-key
held-text = Credential
held-text-example = Title, number or issuer
held-title = Credential
held-number = Number
held-issuer = Issuer
held-until = Valid until
held-left = Left
held-standing = Standing
held-provenance = Provenance
held-status = Status list
held-status-none = Its status list is not at hand
held-claims = Content
held-endless = No end
held-declared = 24 hours once signed
held-declared-long = In a dossier it is signed anew with the dossier, and holds until 24 hours later
held-days-left =
    { $count ->
        [one] 1 day
       *[other] { $count } days
    }
held-days-over =
    { $count ->
        [one] 1 day over
       *[other] { $count } days over
    }
held-none = No credential yet
held-none-hint = Ask your incubator for .zzcred files and import them; hand it the firm's key first.
held-none-found = No credential matches
held-none-found-hint = Try another title or number, or reset the filter.
held-other-name = The name on it is “{ $name }”
held-other-name-hint = That is not the name of now. Attach the proof of the change of name when you hand it in.
held-remove = Remove
held-remove-title = Remove { $title } { $number }
held-remove-means = It is removed from this machine only and stays what it is. It can be imported again.

standing-valid = Valid
standing-expiring = Ending soon
standing-within = Ends within { $days } days
standing-expired = Expired
standing-revoked = Revoked
standing-ended = Ended
standing-suspended = Suspended
standing-unknown = Unknown
held-moved = It was { $from } and is { $to } now, noticed
held-moved-hint = It can no longer be used. Ask its issuer why; choose another in drafts that show it, and tell the destinations of dossiers that were handed in.
held-moved-back = Its issuer has put it into force again; it can be used as before.
held-moved-seen = Seen
