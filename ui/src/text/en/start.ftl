# The first screen where no database is: what one can begin with.

drill-story = Which story
drill-story-branch_operation = Branch: a Hefei firm in Songjiang
drill-story-full_relocation = Move: a Suzhou firm to Hangzhou
drill-story-voucher_redemption = Voucher: a Zhejiang voucher in Shanghai
gate-drill-hint = The drill is locked. The drill's passphrase is: 演练口令
gate-drill-firm = Drill as a firm
gate-drill-incubator = Drill as an incubator
session-welcome = Begin with Zizhitong
session-welcome-hint = Data stay on this machine, encrypted under your passphrase. No account, no network.
session-firm = Firm
session-firm-hint = Put your qualifications together, see what the destination asks for and what is missing, sign and export a dossier.
session-firm-begin = Make a firm's database
session-incubator = Incubator
session-incubator-hint = Verify dossiers, keep the ledger, ask for supplements, decide, and issue certificates for your incubatees.
session-incubator-begin = Make an incubator's database
session-drill-hint = Try the whole course with sample data. They are kept apart from real data and removed at the end.
session-verify-only = Verify a dossier without a database
session-restore = Restore a backup
