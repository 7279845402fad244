# The frame of the window

product = Zizhitong
menu = Main menu
menu-waiting = { $count ->
    [one] one thing waits
   *[other] { $count } things wait
}
skip-to-page = Skip to the page
other-language = 中文
look-light = Light
look-dark = Dark
lock = Lock
lock-now = Lock the local database now (Ctrl+L)
locked = Locked
unlock = Unlock…
desk-locked = The local database is locked; verifying needs no unlocking
desk-none = No login and no network; files are read on this machine only
role-firm = Firm
role-incubator = Incubator
drop-now = Release to verify
offline-as-of = Verified offline · trust data as of
trust-expired = past their end; whatever can be revoked will be pending
trust-none = There are no trust data on this machine, so nobody can say whether issuers are trusted. Import them under Trust data first.
clock-behind = This machine's clock is earlier than a signed time already seen; periods of validity may be judged wrongly. Set the system's clock first.
drill-mode = Drill
drill-banner = Drill: everything is sample data, kept apart from the real database. Passphrase: 演练口令
drill-end = End the drill
drill-end-title = End the drill?
drill-end-means = Everything that was done in it is removed with its sample files. The real database is not touched.
drill-go-on = Go on with it
shortcut-lock = Lock
shortcut-back = Back to the page before
help-menu = Guide
