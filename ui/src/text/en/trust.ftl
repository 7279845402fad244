# Trust data

trust-lead = Who may issue, by which rules things are recognised, and what was revoked: all of it rests on these data.

trust-import-folder = Import a folder…
trust-nothing = There are no trust data yet
trust-nothing-hint = Get a trust package (a .zztrust file or a folder) from the alliance or from whoever keeps the register; it can also be dropped on this page.
trust-imported = The trust data were imported
trust-rejudged = { $count ->
    [one] 1 case judged again
   *[other] { $count } cases judged again
}
trust-moved = { $count ->
    [one] 1 verdict moved
   *[other] { $count } verdicts moved
}
trust-see-moved = See what moved

trust-as-of = Data as of
trust-old = The trust data are past their end. Whatever can be revoked will be pending; import the newest package.
trust-refresh-by = Newer data is due by
trust-imported-at = Imported
trust-source = Source
trust-issuers = Register
trust-issuers-count = { $count ->
    [one] 1 issuer
   *[other] { $count } issuers
}
trust-packs = Rules of recognition
trust-packs-count = { $count ->
    [one] 1 rule pack
   *[other] { $count } rule packs
}
trust-root = Root fingerprint
trust-root-hint = Has to be, group by group, what the stamped agreement on paper prints.

trust-confirm = First import: confirm the root fingerprint
trust-confirm-hint = All later trust begins here. Take the stamped agreement on paper and compare the fingerprint group by group.
trust-confirm-differs = If one group differs, do not import; ask whoever gave you the package.
trust-confirm-compared = Compared with the paper group by group; they are the same
trust-confirm-do = Confirm and import

trust-disabled = Provinces that cannot be used
trust-packs-none = There are no rules of recognition
trust-packs-none-hint = These trust data hold no rule pack: signatures and validity can be checked, recognition cannot.
trust-pack-version = version { $version }
trust-pack-from = from
trust-pack-until = until
trust-pack-by = published by
trust-lists = Status lists
trust-lists-none = There are no status lists
trust-lists-none-hint = Without one, nobody can tell whether a certificate that can be revoked was.
trust-list = List
trust-list-issuer = Issuer
trust-list-signed = Signed
trust-list-age = Age

trust-issuers-lead = Only who stands in the register is believed. Open one to compare its keys with the paper.
trust-issuers-text = Name, pinyin or code
trust-issuers-example = 松江, sjkc, 91310117
trust-issuers-none = The register is empty
trust-issuers-not-found = Nothing of that kind in the register
trust-issuers-not-found-hint = Try part of a name, pinyin initials, or the beginning of a code.
trust-issuer-name = Name
trust-issuer-region = Region
trust-issuer-roles = Roles
trust-issuer-level = Level
trust-issuer-keys = Present keys
trust-issuer-keys-hint = Fingerprints of the present keys; the annex of the paper agreement prints the same.
trust-issuer-no-keys = This issuer has no present key: what it signs now is not believed.

trust-role-incubator = Incubator
trust-role-authority = Authority
trust-role-voucher_fund = Voucher fund
trust-role-service_provider = Service provider
trust-role-bank = Bank
trust-role-exchange = Exchange
trust-level-ministry_excellent = Excellent level
trust-level-ministry_standard = Standard level
trust-level-national_legacy = National level (before 2025)
trust-level-provincial = Provincial level
trust-level-municipal = Municipal level
trust-level-maker_space_national = Maker space on national record
trust-level-maker_space_provincial = Maker space on provincial record
trust-level-university_park = University science park
trust-level-accelerator = Accelerator
trust-level-other = Other

# A rule pack
pack-title = Recognition rules of { $where }
pack-open = Read the rules
pack-open-of = Read the rules: { $where }
pack-by = Published by
pack-in-force = In force
pack-no-end = without an end
pack-list-age = Status lists are good for
pack-trust-age = Trust data is good for
pack-days = { $count ->
    [one] { $count } day; older ones leave the verdict pending
   *[other] { $count } days; older ones leave the verdict pending
  }
pack-id = Rule pack
pack-item = Item
pack-need = Needed
pack-need-always = required
pack-need-sometimes = depends
pack-need-never = optional
pack-evidence = What answers it
pack-credentials = Credential: { $names }
pack-attachments = Attachment: { $names }
pack-any = one of them is enough
pack-both = all are needed
pack-stated = stated among the basics
pack-conditions = Conditions (what is said where they fail)
pack-rules = How papers from elsewhere are taken there
pack-rules-hint = What is not listed is for reference only.
pack-credential = Paper
pack-from = Issued in
pack-for = For
pack-mode = How it is taken
pack-all-scenarios = everything
pack-counts-as = counts as { $name } there
pack-only-to = only for { $where }
pack-newer = The verdict rests on version { $judged }; this is version { $now }, which is in force now.
pack-supplements = To be added: { $names }
pack-demo = a rule of the demonstration, no real policy
