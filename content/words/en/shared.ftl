# Words of the pages in English: what pages share: tables, forms, charts, figures and names of columns.

# Words that many pages share.
button-cancel = Cancel
button-create = Create
button-edit = Edit
button-save = Save
button-apply = Apply
button-undo = Undo
column-state = State
column-updated = Updated
column-source = Source
column-system = System
and-more = and { $count } more
list-two = { $first } and { $second }
section-history = History
newest-first = newest first
section-notes = Notes
role-reader = reader
role-engineer = engineer
role-officer = officer
role-none = no role

# Tables
button-next = Next
not-set = not set

# Parts of pages
button-add = Add
button-remove = Remove
yes = Yes
no = No

