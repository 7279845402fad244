# Making and opening the local database, passphrase, settings

gate-locked = Locked
gate-locked-hint = This page needs the local database. While it is locked, no firm's name is shown.
gate-secret = Passphrase or recovery key
gate-secret-hint = If the passphrase is forgotten, the printed recovery key opens it too.
gate-remember = Remember on this computer; the next start needs no passphrase
gate-remember-means = Whoever may use this account of the system can then open the database and read it, after a lock too, by starting the program again; signing still takes the passphrase.
gate-keychain-asked = The system's keychain is being asked for the key. The passphrase opens it, too.
gate-unlock = Unlock
sealed-locked = This dossier is sealed and the database of this computer is locked; it was not read
sealed-locked-next = Once unlocked, it is opened with your organisation's inbox key. Where that key is kept as a file, the file opens it too.
gate-cannot-open = It does not open, or is gone? Restore a backup


session-create-firm = A database for a firm
session-create-incubator = A database for an incubator
session-create-hint = One database for one machine. What you give here stands in every file that you sign.
session-whose = Organisation
session-uscc-hint = As on the business licence, 18 characters.
session-uscc-so-far = { $count } of { $whole } characters
session-uscc-right = The check character fits
session-name = Full name
session-name-hint = As on the business licence.
session-name-correct = Correct…
session-name-right = The right full name
session-name-correct-hint = As on the business licence. It can be corrected only while nothing was signed or registered under the old one.
session-name-save = Save the name
session-region = Region
session-region-hint = Type part of a name or of a region code to find it.
session-region-choose = Province, city, county
session-role = Used as
session-passphrase-title = Passphrase
session-passphrase-means = It opens the database and is asked for again at every signature. It is sent nowhere, and nobody can find it again for you.
session-passphrase-hint = At least 8 characters, 12 where all are digits. A sentence that only you know is best.
session-new-passphrase = New passphrase
session-same-again = Once more
session-differs = The two are not the same
session-strength-refused = Too easy to guess; it will not be taken
session-strength-weak = Easily guessed; make it longer
session-strength-fair = Can be used
session-strength-strong = Hard to guess
session-create = Make the database
session-create-next = Next comes the recovery key: have pen and paper or a printer at hand.

session-recovery-title = Recovery key
session-recovery-hint = If the passphrase is forgotten or the key file is damaged, nothing else opens the database. Print it or write it down, and keep it away from this machine; on a computer it belongs in a password manager only.
session-recovery-sheet = Zizhitong recovery key
session-recovery-sheet-note = Upper and lower case are the same; hyphens and spaces may be left out. Do not photograph it or keep it in a file.
session-recovery-print = Print
session-recovery-copy = Copy for a password manager
session-recovery-copied = Copied; it leaves the clipboard in { $seconds } s
session-recovery-cleared = Removed from the clipboard
session-recovery-stuck = The clipboard could not be cleared; copy something else over it
session-recovery-once = The recovery key is shown this once and never again.
session-recovery-confirm = Type group { $number } from your paper to show that it is written down
session-recovery-wrong = That is not what was shown; compare it
session-recovery-done = Written down, begin

session-settings-lead = Changes hold at once and are kept on this machine.
session-settings-open = Organisation, operator, locking and backups are kept in the database; open it to change them.
session-look = Look
session-language = Language
session-theme = Theme
session-theme-system = As the system
session-theme-light = Light
session-theme-dark = Dark
session-large = Large text
session-large-hint = A quarter larger, to be read from afar or on a projector.
session-desk = Organisation and desk
session-operator = Handled by
session-operator-hint = Stands in the ledger, in reports and in the activity log.
session-saving = Saving…
session-four-eyes = Two people
session-four-eyes-hint = A decision takes two: one handles it, another reviews it.
session-safety = Locking, passphrase, backups
session-idle = Lock without input
session-idle-hint = Once locked, no firm's name stays on the screen.
session-idle-minutes = { $count ->
    [one] After 1 minute
   *[other] After { $count } minutes
}
session-idle-never = Never
session-backup-folder = Backup folder
session-backup-hint = A backup is made at the first opening of each day. Another disk or a stick is best.
session-backup-none = None chosen; backups stay in the database's own folder
session-folder-choose = Choose a folder…
session-change-passphrase = Change the passphrase
session-passphrase-changed = The passphrase was changed
session-change-remembered = This computer remembers the database: the next start opens it by itself after the change, too. If it should not, choose “Forget”.
session-remember = Remember on this computer
session-not-remembered = Not remembered. Tick the box when you unlock.
session-forget = Forget
session-change = Change
session-change-hint = The recovery key stays as it is. Earlier backups open with the passphrase of their day.
session-present = Present passphrase, or the recovery key
session-drill-beside = Try the whole course with sample data. Beginning locks the real database first and changes nothing in it.
session-drill-now = This is a drill. At its end the sample data are removed, and the real database asks for its passphrase again.
