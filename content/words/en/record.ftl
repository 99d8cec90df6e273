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
checks-no-deficiency = None.
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

# Import.
import-title = Import
import-lead = Drop what your tools export: { $count } formats are recognised by their content, whatever the file is called. A file is taken whole or not at all, and the same file twice changes nothing.
import-lately = Lately
import-since-start = since the server started
import-what = What can be imported
import-find = Find where it belongs
import-files-are = The files are
import-evidence = Evidence
import-tables = Tables of records
import-rehearse = Rehearsal
import-rehearse-says = show what would change, write nothing
import-accepts = up to { $count } files, together at most 1 GB
import-started = Started
import-nothing = nothing
import-and-more = { $file } and { $count } more
import-formats = Readable formats ({ $count })
import-becomes = What becomes of it
import-follows = Follows
import-tables-help = A CSV, XLSX or ODS file with one row per record and the field names as headings, as the exports of this program have them. A row that names an existing record changes it; an empty cell empties its field; a column that is not there leaves its field alone. All rows are taken or none.
import-headings = Headings
import-wherever = wherever each file belongs
import-batch-lead =
    { $count ->
        [one] { $count } file for { $destination }, sent { $when } UTC.
       *[other] { $count } files for { $destination }, sent { $when } UTC.
    }
import-rehearsal = A rehearsal: nothing is written.
import-more = Import more
import-for-good = the same files, now for good
import-rehearsing = Rehearsing
import-importing = Importing
import-note = file { $nth } of { $all }: { $file }
import-note-facts = file { $nth } of { $all }: { $file }, { $facts } facts
import-note-done = { $all } of { $all } files
import-under-way = Under way
import-rehearsed = Rehearsed
import-imported = Imported
import-failed =
    { $count ->
        [one] { $count } not imported
       *[other] { $count } not imported
    }
import-done = { $what }.
import-would = It would be: { $what }.
import-done-facts = { $facts } facts read, { $opened } findings opened, { $closed } closed, { $reopened } reopened
import-done-known =
    { $count ->
        [one] { $count } file was known already
       *[other] { $count } files were known already
    }
import-done-tables =
    { $count ->
        [one] { $count } table taken
       *[other] { $count } tables taken
    }
import-done-failed =
    { $count ->
        [one] { $count } file was not imported, see why below
       *[other] { $count } files were not imported, see why below
    }
import-file = File
import-facts = Facts
import-opened = Opened
import-still-open = Still open
import-closed = Closed
import-reopened = Reopened
import-waiting = Waiting
import-before = imported before: nothing changed
import-problems =
    { $count ->
        [one] { $count } record could not be used
       *[other] { $count } records could not be used
    }
import-table = Table
import-table-done = { $created } new, { $updated } changed, { $unchanged } as they were: { $link }
    .link = the records
import-for = Import for { $system }
import-define = Define a system with these hosts
import-then-again = then import the file again

# Evidence.
evidence-title = Evidence
evidence-lead =
    { $formats ->
        [one] { $files } of { $formats } format. Every figure leads back to a line in one of them.
       *[other] { $files } of { $formats } formats. Every figure leads back to a line in one of them.
    }
evidence-lead-newest =
    { $formats ->
        [one] { $files } of { $formats } format; the newest was observed on { $day } ({ $age }). Every figure leads back to a line in one of them.
       *[other] { $files } of { $formats } formats; the newest was observed on { $day } ({ $age }). Every figure leads back to a line in one of them.
    }
evidence-files =
    { $count ->
        [one] { $count } file
       *[other] { $count } files
    }
evidence-file = File
evidence-observed = Observed
evidence-facts = Facts
evidence-problems = Problems
size-bytes = { $count } bytes
size-kb = { $count } kB
size-mb = { $count } MB
file-lead = { $facts } read from what { $tool } saw on { $day } ({ $age }) of { $system }.
file-lead-problems = { $facts } read from what { $tool } saw on { $day } ({ $age }) of { $system }; { $problems }.
file-facts =
    { $count ->
        [one] { $count } fact
       *[other] { $count } facts
    }
file-lines = Lines
file-in-all = { $count } in all
file-provenance = Provenance
file-undo = Undo
file-binary = This file is not text, so it has no lines to show. Download it to look at it with the program that made it.
file-empty = The file is empty.
file-at = At { $place }
file-earlier = Earlier lines
file-later = Later lines
file-go = Go
facts-fact = Fact
facts-about = About
facts-finding = finding
provenance-leaf = leaf { $number }
provenance-proof = with the proof that it is in the ledger
provenance-accepted = Accepted for
provenance-received = Received
provenance-received-by = { $when } by { $who }
provenance-size = Size
provenance-recorded = Recorded
provenance-hash = Hash
provenance-release = Release
provenance-of-records =
    { $count ->
        [one] { $count } of its records
       *[other] { $count } of its records
    }
provenance-not-used = Could not be used; everything else was
provenance-no-change = This file changed the state of no finding: it confirmed what was known.
provenance-which = Which ones
provenance-changed = What it changed
provenance-more = { $count } more
provenance-absent = absent
provenance-reopened = reopened
change-opened =
    { $count ->
        [one] { $count } opened
       *[other] { $count } opened
    }
change-closed =
    { $count ->
        [one] { $count } closed
       *[other] { $count } closed
    }
change-met =
    { $count ->
        [one] { $count } met
       *[other] { $count } met
    }
change-not-checked =
    { $count ->
        [one] { $count } not checked
       *[other] { $count } not checked
    }
change-not-applicable = { $count } not applicable
change-moved =
    { $count ->
        [one] { $count } moved here
       *[other] { $count } moved here
    }
did-opened = opened
did-closed = closed
did-met = met
did-not-checked = not checked
did-not-applicable = not applicable
did-moved = moved here
undo-import = Undo the import
undo-import-question = Undo the import of { $file } for { $system }?
undo-import-follows = What it opened, closed and changed will be as if it had never come in. If something rests on it, that is named and nothing is undone. The ledger keeps both acts; the file can be imported again.
undone-title = Import undone
undone-of = The import of { $file } is undone
undone-lead = { $undone }: { $forgotten }, { $restored }.
undone-forgotten =
    { $count ->
        [one] { $count } finding that only it spoke of is gone
       *[other] { $count } findings that only it spoke of are gone
    }
undone-restored =
    { $count ->
        [one] { $count } is in the state it was in before
       *[other] { $count } are in the state they were in before it
    }

# The ledger.
ledger-title = Ledger
ledger-recorded =
    { $count ->
        [one] { $count } change recorded
       *[other] { $count } changes recorded
    }
ledger-lead = { $changes }, { $signed }. Nothing in it can be changed or left out without the proof failing.
ledger-lead-newest = { $changes }, { $signed }; the newest { $age }. Nothing in it can be changed or left out without the proof failing.
ledger-all-signed = all under a signed checkpoint
ledger-part-signed = { $count } of them under a signed checkpoint
ledger-verify = Verify
ledger-changes = Changes
ledger-leaf = Leaf
ledger-when = Recorded
ledger-who = Who
ledger-did = Did
ledger-about = What it is about
ledger-rows = Rows
ledger-looked = Looked through the changes back to number { $number }. { $link }
    .link = Look further back
ledger-leaf-title = leaf { $number }
ledger-took-effect-later = the day it took effect, entered later
ledger-of = of { $day }
ledger-evidence = Evidence
ledger-advisories = Advisories
record-title = Record
landing-newest = newest observed { $age }
landing-pending =
    { $count ->
        [one] { $count } not yet under a checkpoint
       *[other] { $count } not yet under a checkpoint
    }
landing-files = Files of evidence
landing-records = Records
landing-kinds =
    { $count ->
        [one] of { $count } kind
       *[other] of { $count } kinds
    }
landing-changes = Changes in the ledger
landing-what = What it is
landing-lead = { $held } are vouched for by { $changes }: what is on any page can be followed to one of them.
landing-held = { $files } and { $records }
landing-file-count =
    { $count ->
        [one] { $count } file of evidence
       *[other] { $count } files of evidence
    }
landing-record-count =
    { $count ->
        [one] { $count } record
       *[other] { $count } records
    }
landing-signed =
    { $count ->
        [one] { $count } signed change
       *[other] { $count } signed changes
    }
landing-all-kinds = All kinds
leaf-about = About
leaf-took-effect = Took effect
leaf-entry = Entry
leaf-proof = Proof
leaf-aside = in the tree: proved just now against the signed checkpoint
leaf-section = Leaf { $number }
leaf-manifest = It vouches for more than 100 rows, listed in the file with the hash { $hash }.
leaf-rows = Rows it vouches for ({ $count })
leaf-row = Row
leaf-key = Key
leaf-hash = Hash of what it holds (BLAKE3)
leaf-gone = gone
leaf-copy = Copy { $what }
leaf-keep = Keep a copy of the checkpoint outside this server: whoever holds one can prove later that nothing under it was changed. A proof, its entry and the key are checked on any machine, without this server and without trusting it:
leaf-check = Check a proof
leaf-no-checkpoint = There is no checkpoint yet; the first comes with the first change.
leaf-checkpoint = Checkpoint
leaf-formats = Formats: C2SP tlog-checkpoint (signed note), tlog-proof and tlog-tiles; keys are C2SP verifier keys.
leaf-yourself = Check it yourself
verify-title = Verification
verify-result = Result
verify-leaves = Leaves
verify-rows = Rows compared
verify-files = Files hashed again
verify-root = Root of the tree
verify-made = Made at
verify-intact = Intact
verify-problems =
    { $count ->
        [one] { $count } problem
       *[other] { $count } problems
    }
verify-lead = { $intact }. Every row holds what its leaf says, every file hashes to its name, every posture is what its evidence gives.
verify-intact-of = Intact: { $leaves } leaves, { $rows } rows, { $files } files
verify-lead-broken = { $broken } among { $leaves } leaves, { $rows } rows and { $files } files, each named below. Rows and files are put right from a backup; a deficiency is derived, and computing it anew puts it right.
verify-broken-of =
    { $count ->
        [one] Not intact: { $count } problem
       *[other] Not intact: { $count } problems
    }
verify-more = { $count } more; { $command } prints all of them.

# News.
news-title = News
news-seen = I have seen all of it
news-lead = { $changes } of records that name you or belong to systems you answer for, and { $files } for these systems, since you last said you had seen them.
news-changes =
    { $count ->
        [one] { $shown } change
       *[other] { $shown } changes
    }
news-files =
    { $count ->
        [one] { $shown } file
       *[other] { $shown } files
    }
news-of = { $deed } of { $system }
news-removed = removed { $kind } { $title }
news-added = added { $kind } { $title }
news-changed = changed { $kind } { $title }
news-took = took to “{ $state }” { $kind } { $title }
news-brought = brought { $file } for { $system }

# Checks.
checks-title = Checks
checks-each-system = each system
checks-the-programme = the programme
checks-both = each system and the programme
checks-finding-now = Finding something now
checks-check = Check
checks-now = Deficiencies now
checks-looks-at = Looks at
checks-lead = { $checks } find something now: { $deficiencies } in what you may see.
checks-of =
    { $all ->
        [one] { $count } of { $all } check
       *[other] { $count } of { $all } checks
    }
deficiencies-count =
    { $count ->
        [one] { $count } deficiency
       *[other] { $count } deficiencies
    }
checks-why = Why it matters
checks-wrong = When it may be wrong
checks-id = Id
checks-in-queue = all { $count } in the queue
checks-open-queue = Open the queue
checks-finds-nothing = It finds nothing in what you may see.
checks-one = { $one } now.
checks-one-deficiency = One deficiency
checks-many =
    { $places ->
        [one] { $deficiencies } in { $places } place now.
       *[other] { $deficiencies } in { $places } places now.
    }
checks-programme = The programme

# Search.
search-title = Search
search-for = Search: { $text }
search-again = Search again
search-words = Words that must all occur
search-button = Search
search-pages = Pages and actions
search-narrow = { $count } shown; narrow the words for the others
search-lead-none = Records, deficiencies, findings and evidence, as far as you may see them.
search-lead = { $hits } for “{ $text }”.
search-hits =
    { $count ->
        [one] { $count } hit
       *[other] { $count } hits
    }
search-deficiency = Deficiency

# Views of lists.
view-title = Save as a view
view-over = View
view-nobody = Nobody: for myself
view-everybody = Everybody of the organisation
view-unit = { $unit } and below
view-lead = A view is this list with its filters, order and columns, under a name.
view-name = Name
view-replaced = A view of yours with the same name is replaced.
view-shared = Shared with
view-sees = Whoever opens it sees what their own role allows.

# One's own account.
account-title = My account
account-signed-in = Signed in as { $email }.
account-email = E-mail
account-roles = Roles
account-role-in = { $role } in { $unit }
account-whole = the whole organisation
account-name = Name
account-password = Password
account-sessions = Sessions
account-session-ends = A session ends after twelve hours without use and after seven days in any case.
account-sign-out = Sign out everywhere
account-save-name = Save the name
account-present = Present password
account-new = New password
account-again = Once more
account-password-help = At least { $count } characters; a sentence is easy to keep. Every session of this account ends, this one too.
account-change-password = Change the password
account-set-password = Set a password

# Administration.
admin-title = Administration
admin-lead = { $accounts }, { $officers } of the whole organisation.
admin-lead-disabled = { $accounts }, { $officers } of the whole organisation, { $disabled } disabled.
admin-accounts =
    { $count ->
        [one] { $count } account
       *[other] { $count } accounts
    }
admin-officers =
    { $count ->
        [one] { $count } officer
       *[other] { $count } officers
    }
admin-one-officer = With one officer nobody can take their place: give the role to a second person.
admin-filter = Filter accounts
admin-account = Account
admin-roles = Roles
admin-change = Change
admin-change-more = Change…
admin-add = Add an account
admin-marking = Marking
admin-marking-label = Classification or TLP
admin-marking-help = Stands on top and bottom of every page, in print and in what is exported. A system with a marking of its own (a field of its record) carries that one instead.
admin-set-marking = Set the marking
admin-link = { $for } that signs in once, within half an hour. It is shown only now: hand it over by a way that nobody else reads.
admin-link-for = A link for { $email }
admin-link-address = Put this server's address in front of it.
admin-everywhere = everywhere
admin-disabled = Disabled
admin-may-sign-in = May sign in
admin-no-password = no password yet
admin-take-away = Take away
admin-take-away-role = Take away { $role } { $unit }
admin-give = Give the role
admin-new-link = New one-time link
admin-enable = Enable
admin-disable = Disable
admin-disable-question = Disable { $email }?
admin-disable-follows = Every session of the account ends and nobody can sign in with it until it is enabled again. What it wrote stays.
admin-role = Role
admin-in = In
admin-roles-help = Readers see; engineers also import and edit; officers also approve, remove and administer. A role holds in the unit and everything below it.
admin-add-button = Add and make a one-time link

# Facts read from evidence, in one line each.
fact-seen = seen: { $platform }
fact-seen-in = seen: { $platform }, logged in
fact-seen-out = seen: { $platform }, not logged in
fact-no-platform = platform not said
fact-no-version = { $name }, no version
fact-training-passed = passed { $course } on { $day }
fact-training-failed = failed { $course } on { $day }
fact-backup-succeeded = { $act } succeeded: { $detail }
fact-backup-failed = { $act } failed: { $detail }
backup-snapshot = snapshot
backup-structure-check = structure check
backup-data-check = data check
backup-restore = restore
fact-check = { $outcome }: { $title } ({ $rule })
fact-weakness = { $severity }: { $title }
outcome-pass = pass
outcome-fixed = fixed
outcome-fail = fail
outcome-error = error
outcome-unknown = unknown
outcome-not-applicable = not applicable
outcome-not-checked = not checked
outcome-not-selected = not selected
outcome-informational = informational
