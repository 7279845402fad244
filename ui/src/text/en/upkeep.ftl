# Backups and upkeep

upkeep-lead = Backups are encrypted and open with the passphrase of their day or the recovery key.
upkeep-activity = Activity log
upkeep-backup-now = Back up now

upkeep-backups = Backups
upkeep-folder-choose = Choose a folder
upkeep-folder-change = Change the folder
upkeep-restore-file = Restore another file…
upkeep-backup-made = Backed up
upkeep-due-advice = Make one now, best on another disk or a stick.
upkeep-drilled-at = Last restored or tried
upkeep-drilled-never = Never tried. A backup that was never tried is none.
upkeep-backups-none = There is no backup yet
upkeep-backups-none-hint = Choose “Back up now” and a folder.
upkeep-made-at = Made
upkeep-size = Size
upkeep-path = File
upkeep-do = Actions
upkeep-try = Try it
upkeep-restore = Restore

upkeep-try-title = Try a restore
upkeep-try-hint = Opens this backup beside the database and shows what is in it and whether it is whole. Nothing is replaced.
upkeep-secret-hint = The passphrase that was in force when the backup was made, or the recovery key.
upkeep-tried = This backup can be restored
upkeep-log-whole = The activity log is whole
upkeep-log-broken = The activity log is not whole; use another backup

upkeep-restore-title = Restore a backup
upkeep-restore-lead = The data go back to when the backup was made.
kind-backup = Backup
upkeep-restore-choose = Choose a backup…
upkeep-restore-drop = A .zzbackup file can also be dropped here
upkeep-restore-replaces = The database on this machine will be replaced
upkeep-restore-kept = Changes after the backup will not be there. The present database is not deleted; it is renamed in the same folder.
upkeep-restore-understood = I know that this backup replaces the present database
upkeep-restore-replace = Replace it with this backup

upkeep-check = Check the database
upkeep-check-hint = Examines structure, references, search indexes and the chain of the activity log. It reads and changes nothing.
upkeep-check-do = Check
upkeep-whole = { $count ->
    [one] Whole: 1 entry in the activity log
   *[other] Whole: { $count } entries in the activity log, one chain
}
upkeep-broken = { $count ->
    [one] Something was found; 1 entry in the activity log
   *[other] Something was found; { $count } entries in the activity log
}
upkeep-broken-advice = Enter nothing more for now; restore the newest backup that was tried.

upkeep-diagnostics = Diagnostics
upkeep-diagnostics-hint = For the developers when something goes wrong. They name no firm, no person, no file and no key; read them before you copy.
upkeep-diagnostics-show = Show
upkeep-diagnostics-again = Read again

upkeep-activity-lead = Each entry is chained to the one before; what is taken out or changed shows.
upkeep-activity-export = Export the log…
upkeep-activity-text = Person, object or note
upkeep-any = Any
upkeep-action = Action
upkeep-from = From
upkeep-to = To
upkeep-activity-none = There are no entries yet
upkeep-activity-none-hint = From the first action on, time, person and object are noted here.
upkeep-activity-not-found = No entry fits
upkeep-seq = No.
upkeep-at = When
upkeep-object = On what
upkeep-reason = Reason or remark
upkeep-actor = Who
upkeep-hash = Hash

upkeep-restored = Restored from the backup
upkeep-restored-anew = The data is as it was when the backup was made.
upkeep-restored-means = The data are as they were when the backup was made. The database of before is kept under another name in the same folder, which the activity log tells.
upkeep-restored-cases = Cases received and decisions made after the backup are not in this database. Their numbers go on from { $next }, so that none of the receipts and notices already handed out is repeated; receive the dossiers of after the backup again.
upkeep-progress = Progress of the backup
