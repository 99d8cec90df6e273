# Words of the pages in English: what pages share: tables, forms, charts, figures and names of columns.

# Words that many pages share.
column-kind = Kind
column-line = Line
organisation = Organisation
column-vulnerability = Vulnerability
column-package = Package
column-release = Release
not-rated = not rated
parts-count =
    { $count ->
        [one] { $count } part
       *[other] { $count } parts
    }
vulnerabilities-count =
    { $count ->
        [one] { $count } vulnerability
       *[other] { $count } vulnerabilities
    }
to-deal-with = To deal with
decided = Decided
because = Because
column-person = Person
column-unit = Unit
column-what = What
column-day = Day
column-answer = Answer
column-systems = Systems
column-people = People
column-deficiencies = Deficiencies
column-files = Files
overdue = Overdue
never = never
programme = programme
button-preview = Preview
all-fields = all fields
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

# Days

source-evidence = evidence
source-evidence-line = evidence, line { $line }
source-finding = finding

semicolon = ;{" "}
objective-all = Confidentiality, integrity and availability
