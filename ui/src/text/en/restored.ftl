# After a restore: read with the pages that show it

kind-status-list = Status list
restored-lists = { $count ->
    [one] A status list is not settled
   *[other] { $count } status lists are not settled
}
restored-lists-means = After a restore, or where a credential that was entered again shows that a list was used elsewhere, this database may not know all that was revoked or suspended on it. Until these lists are settled they cannot be signed, and their credentials not revoked or suspended; new credentials can be issued and use a new list.
restored-settle = Settle the status lists
restored-settled = All status lists are settled; revoke and export as usual
restored-settled-next = Export the status lists then and hand them to whoever publishes them, so that others see how things stand.
restored-why = Signed now, the list would make credentials valid again whose revocation this database does not know. Give the file (.jwt) of the list as exported last, or trust data (.zztrust) that hold it; if it is not here, ask whoever publishes the trust data for the newest one they got. What is revoked or suspended in it is added, and nothing is taken away.
restored-known = Revoked, suspended or ended as far as is known: { $count }, up to
restored-file = Choose the list as last exported…
restored-first = Nobody has confirmed yet that everything issued after the backup is here, so that what was revoked of it cannot be stated. Enter it again and confirm that first.
restored-nothing-means = Without the file, state which credentials changed without this database knowing, or that none did. How you know is kept in the activity log.
restored-reason = How it is known
restored-reason-example = Such as: the office was closed since; page 3 of the ledger
restored-nothing = Nothing else changed…
restored-nothing-title = Confirm that nothing else was revoked, suspended or ended
restored-nothing-sure = Confirm this only if you know that up to now no credential on these lists was revoked, suspended or ended after the backup or at another computer: it would be valid again.
restored-nothing-do = Confirm that nothing changed
restored-some = Others changed; choose them…
restored-some-title = State what else changed
restored-some-means = Choose every credential that was revoked, suspended or ended after the backup or at another computer: what is not chosen stays as it is.
restored-some-which = Credentials that changed
restored-some-search = Name, pinyin, code or number
restored-some-none = No such credential
restored-some-status = Status of { $number }
restored-some-do = Settle by this
restored-file-title = Settle by this list
restored-file-do = Settle by this
restored-made = Backup made
restored-signed = List signed
restored-adds = It adds
restored-adds-count = { $count ->
    [one] 1 revocation, suspension or end
   *[other] { $count } revocations, suspensions or ends
}
restored-adds-more = { $count } more
restored-adds-unknown = { $count } of them are of credentials that are not here; their status is kept all the same.
restored-file-last = Make sure that this list was exported last: what was revoked after it is not added and would be valid again.
restored-numbers = The database was restored from a backup; look at the number first
restored-numbers-means = The backup does not know the numbers given after it, and they may be taken. Compare with the files or records of what was issued since, and begin with a number that is free.
restored-numbers-looked = I have looked; this number is free
restored-in-trust = The trust data at hand hold a list that can settle it; no file has to be looked for.
restored-in-trust-do = Take the list of the trust data…
restored-banner = Something is not settled since a restore, or since credentials were entered again
restored-banner-do = See to it
restored-unknown = This database knows no credentials and status lists of after the backup
restored-unknown-means = What was issued after the backup is entered again from the files written then; otherwise it cannot be suspended or revoked any more. The status lists that it is in have to be settled afterwards. Where nothing was issued, confirm that.
restored-recover = Enter issued credentials again…
restored-recover-title = Enter issued credentials again
restored-recover-lead = Choose the files (.zzcred) as they were written when issued, or the folder with them; if they are lost, ask the firms that hold them. Only what a key of this organisation signed is taken, and nothing that is here is changed.
restored-recover-files = Choose files…
restored-recover-folder = Choose a folder…
restored-recover-taken = Entered again: { $count }
restored-recover-known = Here already: { $count }.
restored-recover-firms = Firms added to the register: { $count }. Complete their entries there.
restored-recover-none = No new credential was entered again
restored-recover-refused = Files that were not entered again ({ $count })
restored-recover-settle = The status lists of these credentials are not settled; they can be revoked once they are.
restored-complete = All are here, or none was issued
restored-complete-means = Confirm this only if everything issued after the backup is here again, or nothing was issued. It is kept in the activity log.
