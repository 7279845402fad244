# Finding things, and keys

palette-title = Find
palette-hint = A firm's name, pinyin initials, a code, a number, or a page
palette-hint-locked = A page; with the database open, firms and dossiers too
palette-found = What was found
palette-count = { $count ->
    [one] 1 result
   *[other] { $count } results
}
palette-none = Nothing was found. Try part of a name or its pinyin initials.
palette-kind-pages = Page
palette-kind-case = Case
palette-kind-firm = Firm
palette-kind-held = Held
palette-kind-issued = Issued
palette-kind-draft = Dossier
palette-sheet = Keys
palette-sheet-all = All keys
help-key-new = Prepare a new dossier
