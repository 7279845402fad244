views-filters = Saved filters
views-name = Save these conditions…
views-called = Name
views-keep = Save
views-none = Nothing was saved yet
views-remove = Remove “{ $name }”
views-columns = Columns
