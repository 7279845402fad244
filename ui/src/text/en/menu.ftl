# The lines of the menu, one for each flow.

cases-menu = Ledger
about-menu = About Zizhitong
drafts-menu = Moving and branches
help-menu = Guide
hold-menu = Qualifications
home-menu = Home
issued-menu = Issuing
register-menu = Register of firms
requests-menu = Requests and decisions
session-settings = Settings
sync-menu = Synchronise
trust-menu = Trust data
upkeep-menu = Backups and upkeep
verify-menu = Verify
vouchers-menu = Vouchers
