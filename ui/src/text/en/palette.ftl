# Finding things, and keys

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
palette-sheet-all = All keys
link-title = A link wants to open a case
link-asks = A link asks to open case { $number }. If you did not follow it yourself, do not open it.
link-unknown = This computer’s database has no case with the number { $number }; nothing was opened. The link may be mistyped or belong to another incubator: check the number with whoever gave it to you.
link-open = Open the case
link-leave = Do not open it
link-close = Close
