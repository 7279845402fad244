# Supplements and the dossiers of a case

proposed-title = { $count ->
    [one] One case of this firm for the same purpose waits for supplements
   *[other] { $count } cases of this firm for the same purpose wait for supplements
}
proposed-hint = If this is the supplement, the case goes on with it and is judged by the new dossier; both are kept. You decide: nothing is joined by itself, and what was joined stays so.
proposed-take = Take in as the supplement to { $number }
proposed-join = This is the supplement to { $number }: join
proposed-join-title = Join { $number }?
proposed-join-means = { $number } goes on with this dossier, and this case is put away with its number and records. It cannot be taken apart again.
proposed-join-do = Join
proposed-received = its dossier came on { $day }
case-receive-own = Take in as a new case
event-supplied = Supplement came
event-joined = Became part of an older case
versions = Dossiers of this case
version = Version { $version }
version-newest = judged now
versions-compare = Compare two versions
versions-title = Two versions of { $number }
versions-lead = The older version is on the left, the newer on the right. Only what differs is listed.
versions-older = Older version
versions-newer = Newer version
versions-what = What
versions-verdict = Verdict
versions-items = Checklist
versions-credentials = Credentials
versions-attachments = Attachments
versions-facts = The firm’s own statements
versions-same = { $count } more are the same
versions-none-differ = Nothing differs
versions-absent = none
versions-added = added
versions-removed = left out
versions-changed = changed
versions-replaced = replaced
versions-look = Look at both
versions-look-named = Look at both: { $name }
versions-panes = The attachment in both versions
versions-pane = { $version } · { $name }
versions-pane-none = This version has no such attachment
versions-close = Close
versions-number = No. { $number }
versions-valid = valid until { $day }
demands = What was asked for
demands-lead = Looked at item by item in version { $version }.
supplied-met = Met
supplied-open = Still open
supplied-look = Please look
demands-count = { $met } met, { $open } still open, { $look } for you to look at.
case-resume-title = Resume { $number }
case-resume-do = Resume
case-resume-means = Resuming means that the firm has supplied what was asked for and the examination goes on; this recognises nothing yet.
case-resume-came = The firm sent version { $version } of its dossier on { $day }.
case-resume-nothing-came = No new dossier came in. If papers were handed over, say in the remark which; this was asked for:
case-resume-still-open = Something is still open. To resume nevertheless, say why in the remark.
