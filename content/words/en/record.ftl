# Words of the pages in English: Record: imports, evidence, the ledger, kinds.

evidence-none = No evidence yet
    .text = Exports of scanners, benchmark results, bills of materials, backup reports and training rosters belong here.
    .first = Import
    .second = Readable formats
evidence-none-fit = { -none-fit }
    .first = Import
    .second = All evidence
facts-none = No facts
    .text = Nothing in this file could be read as a fact; see its problems.
import-undone = It is as if the file had never come in
    .text = The ledger holds the import and its undoing. The file itself is not deleted: whoever has it can import it again.
    .first = Import
    .second = Evidence
ledger-none = Nothing recorded yet
    .text = Every change to a record, every accepted file and every role leaves an entry here.
    .first = Import
    .second = Records
kinds-none-fit = No kind matches these words
    .first = All kinds
records-none = No { $several } yet
    .text = { $about }
    .first = New { $one }
    .second = Empty table to fill in
records-none-fit = { -none-fit }
    .first = All { $several }
    .second = New { $one }
notes-none = Nothing has been said about it yet.
choices-none = Nothing to choose from yet
views-none = No view of this list is saved yet.
checks-none-fit = No check matches these words
    .first = All checks
    .second = The queue
check-none = None.
search-none = Nothing of what you may see has all these words
    .text = Parts of words count; identifiers, hosts, rules and CVE numbers can be searched for too.
    .first = Findings of every state
    .second = Kinds of record
accounts-none-fit = No account matches these words.

# Kinds and their lists.
kinds-title = Kinds of record
kinds-column-kind = Kind
kinds-column-records = Records
kinds-column-says = What it says
kinds-column-belongs = Belongs to
kinds-lead = { $records }. Each kind has a list, a form, its history, tables in and out, and the same through the { $link }.
    .link = API
kinds-count = { $total } records of { $kinds } kinds
belongs-organisation = the organisation
belongs-system = a system
belongs-either = a system or the organisation
belongs-unit = a unit
records-new = New { $one }
records-count =
    { $count ->
        [one] { $shown } { $one }
       *[other] { $shown } { $several }
    }
records-count-of =
    { $all ->
        [one] { $shown } of { $all } { $one }
       *[other] { $shown } of { $all } { $several }
    }
records-lead = { $records }. { $about }
records-lead-open = { $records }, { $open } of them still open. { $about }
records-rows =
    { $count ->
        [one] { $count } row
       *[other] { $count } rows
    }
records-not-found = { $what } (not found)
records-found-on = { $title } on { $target } ({ $severity })
records-seen = { $name }, seen { $day }

# One record.
record-lead = { $what }, version { $version }, last changed { $day } ({ $age }) by { $who }.
record-lead-of = { $what } of { $system }, version { $version }, last changed { $day } ({ $age }) by { $who }.
record-to-this-day = to this day, newest first
record-named-by = Named by
record-open-system = Open the system
record-remove-question = Remove the { $one } { $title }?
record-remove-follows =
    { $count ->
        [0] No other record names it. Its history stays in the record and in the ledger.
        [one] One other record names it and will name something that is gone. Its history stays in the record and in the ledger.
       *[other] { $count } other records name it and will name something that is gone. Its history stays in the record and in the ledger.
    }
record-edit-title = Edit { $title }
record-next-steps = Next steps
record-step-needs = Needed to take it there:
record-deed-create = created it
record-deed-update = changed it
record-deed-delete = removed it
record-deed-bulk-update = changed it with others
record-deed-import-table = brought it in with a table
record-deed-state = took it to { $state }
record-deed-fields =
    { $count ->
        [one] { $deed }, { $count } field
       *[other] { $deed }, { $count } fields
    }
record-version = version { $version }, ledger { $entry }
record-earlier-versions =
    { $count ->
        [one] One earlier version
       *[other] { $count } earlier versions
    }
note-open = open
note-label = Note
note-add = Add note
cell-save = Save (Enter)
cell-save-field = Save { $field }
cell-changed = { $field } changed
cell-same = { $field } stays as it was

# Many records at once.
bulk-change-a-field = Change a field
bulk-title = Change { $count } { $what }
bulk-changing = Changing { $count } { $what }
bulk-lead = One field of all of them, all or none, as one entry of the ledger. Nothing has been written yet.
bulk-meanwhile = Somebody changed these records meanwhile. Look again before you apply it.
bulk-field = Field
bulk-preview = Preview
bulk-blank = Leave it blank to empty the field.
bulk-will-change = { $changes } will change.
bulk-count-of = { $changes } of { $all }
bulk-now = { $field } now
bulk-after = After
bulk-emptied = emptied
bulk-stays = stays as it is

# Tables brought in.
bring-in-title = Bring in a table
bring-in-file = CSV, XLSX or ODS
bring-in-help = A row with the { $identity } of a record changes that record; other rows become new ones. What you export here comes back in as it is. Start from the { $xlsx } or { $csv }.
bring-in-empty-xlsx = empty XLSX
bring-in-empty-csv = empty CSV
bring-in-look = Look what it would do
bring-in-paste = Or rows copied from a spreadsheet
bring-in-paste-help = With the column names in the first row; without them the cells are taken as the columns of the list above.
bring-in-paste-anywhere = Pasting anywhere on this page comes here too.
bring-in-look-rows = Look what they would do
bring-in-pasted = pasted rows
bring-in-lead-none = { $table }. Nothing has been written yet.
bring-in-already = { $table } says what is already there
bring-in-would-change =
    { $count ->
        [one] { $table } would change one record
       *[other] { $table } would change { $count } records
    }
bring-in-new = new records
bring-in-changed = records changed
bring-in-unchanged = rows already there
bring-in-write =
    { $count ->
        [one] Write one record
       *[other] Write { $count } records
    }
bring-in-leave = Leave it

# Work on many records, and taking it back.
edits-back = Back to the list
edits-lead = All of it or none is written, as one entry of the ledger. You may leave this page; the work goes on.
edits-written = It is written, as one entry of the ledger.
edits-changed =
    { $count ->
        [one] { $count } changed
       *[other] { $count } changed
    }
edits-changed-and-same = { $count } changed; { $same } said so before
undo-done = { $count } { $what } changed
undo-working = Taking back what was done to { $count } records
