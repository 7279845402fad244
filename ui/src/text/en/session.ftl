# Opening the local database

gate-locked = Locked
gate-locked-hint = This page needs the local database. While it is locked, no firm's name is shown.
gate-secret = Passphrase or recovery key
gate-unlock = Unlock
gate-none = There is no database on this machine yet
gate-none-hint = Verifying needs none. Taking in, issuing and preparing dossiers do. You can try all of it with sample data first.
gate-drill-firm = Drill as a firm
gate-drill-incubator = Drill as an incubator
