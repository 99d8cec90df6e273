# Words of the pages in English: the shell, what stands in empty places, and what is told of errors.
#
# A message is a name and what it says. The parts of an empty place are `text` (what belongs here) and `first` and
# `second` (the words on the ways to fill it); the part `text` of an error says what to do. Names in braces are put in
# by the program. Another language is another file with the same names: docs/languages.md.

-none-fit = Nothing matches these filters

## The shell

place-today = Today
place-systems = Systems
place-programme = Programme
place-watch = Watch
place-record = Record

places-queue = Queue
places-overview = Overview
places-all-systems = All systems
places-findings = Findings
places-controls = Controls
places-poa-m = POA&M
places-risk = Risk
places-portfolio = Portfolio
places-budget-and-staffing = Budget and staffing
places-units = Units
places-people = People
places-stakeholders = Stakeholders
places-tasks = Tasks
places-exceptions = Exceptions
places-training = Training
places-sources = Sources
places-advisories = Advisories
places-releases = Releases
places-import = Import
places-evidence = Evidence
places-ledger = Ledger
places-kinds = Kinds
places-checks = Checks

shell-skip = Skip to content
shell-places = Places
shell-search = Search
shell-search-all = Everything
shell-news = News
shell-news-count = News: { $count }
shell-guide = What this page tells
shell-theme = Light or dark
shell-account = My account
shell-account-of = Account: { $name }
shell-admin = Administration
shell-sign-out = Sign out
shell-position = ledger { $size }
close = Close
colon = :{" "}
panel-open = Open page

scope = Scope
scope-title = What lists show
scope-shows = Lists show:{" "}
scope-whole = Whole organisation
scope-lift = Show the whole organisation
scope-lead = Every list and count shows what lies in it, until you choose another. Pages of one system, finding or record open whatever is chosen.
scope-unit = unit
scope-system = system

day-title = Show this page as it stood on another day
day-shown = Shown as of
day-now = Now
day-as-of = As it stood on
day-show = Show
day-back = Back to now
day-fixed = What is shown cannot be changed.

palette-find = Find
palette-find-what = Find a record, page or action
palette-what = Records, pages and actions
palette-recent = Recent
palette-here = On this page
palette-go = Go
palette-all = All hits
goal-training = Required training
goal-sources = Sources of evidence
goal-kinds = Kinds of record
goal-api = API
goal-import = Import evidence
goal-admin = Administration: accounts and roles
goal-advisory = Who of ours is hit by { $id }?
palette-none = Nothing found.

keys-title = Keys
keys-j = Next row
keys-k = Previous row
keys-enter = Open the row
keys-x = Select the row; with Shift, the range
keys-c = Change the row's first cell in place; Tab goes on to the next
keys-u = Take back what was just done
keys-a = Assign
keys-p = Plan
keys-e = Except
keys-s = Judge a control satisfied; o: other than satisfied
keys-i = Say it is implemented; h: in part; l: planned
keys-n = Next not assessed
keys-slash = Filter the list
keys-palette = Find a record, page or action
keys-esc = Close the panel or dialogue
keys-sheet = This sheet

guide = Guide
guides-title = Guides
guides-lead = What each page answers, how to read it, and what can be done there.
guides-all = All guides
guide-read = How to read it
guide-do = What to do here

sign-in = Sign in
sign-in-email = E-mail
sign-in-password = Password
sign-in-no-password = No password yet? An officer makes a one-time link with
sign-in-once = This link signs you in once.

script-no-answer = The server did not answer. Nothing was changed; try again.
script-no-rows = The server did not send the rows that follow. Scroll on to ask again.
script-all-assessed = Every row of this list is assessed.
script-leave = Leave without saving what you wrote?
script-no-cell = This cell cannot be changed here.
script-copied = Copied
script-not-copied = The browser refused to copy
script-light = Light
script-dark = Dark
script-received = Received
script-not-imported = Not imported; see the message
script-cut-off = The upload was cut off. Nothing was imported; try again.
script-no-progress = Progress is no longer reported; the work goes on. Refresh to see it.

## Errors

error-to-queue = To the queue
error-not-found = There is no { $what } `{ $name }` here
    .text = Check the identifier and your role.
error-denied = You may not do this
    .text = Ask an officer of the unit for the role.
error-invalid = What was sent does not fit
    .text = Correct the named fields and send it again.
error-refused = This cannot be done as things stand
    .text = The message says what must change first.
error-sign-in = You are not signed in
    .text = Sign in with an account of this store.
error-unreadable = The file could not be read
    .text = Correct the file and import it again.
error-not-made = The document could not be made
    .text = Change what the message names and ask again.
error-conflict = Somebody else changed it meanwhile
    .text = Load the newest version and make the change again.
error-internal = Something went wrong on the server
    .text = Nothing was changed. The server's log has the details.
error-too-large = What was sent is too large
    .text = A form takes 4 MB, an import 1 GB. Send it in several parts.
error-malformed = The address or the form could not be read
    .text = Go back, load the page again and send it once more.
error-stale = This form is from an earlier session
    .text = Nothing was changed. Load the page again and send it once more.
error-foreign = This form was sent from another site
    .text = Nothing was changed. Open the page here and send its own form.
error-method = This address is not a page
    .text = It takes a form. Open the page that the form stands on.
error-no-day = “{ $day }” is no day
    .text = Days are written 2026-11-23.
error-no-amount = { $field }: “{ $amount }” is no amount
    .text = Give a number such as 50000.
error-too-many = { $count } findings are named in the address
    .text = Name at most { $most }.
error-upload-unread = The upload could not be read ({ $reason })
    .text = Nothing was imported. Send it again.
error-table-gone = This table waited too long
    .text = Nothing was written. Send it again.
error-file-gone = This file is no longer kept
    .text = Choose it again.
error-rehearsal-gone = The files of this rehearsal are no longer kept
    .text = Choose them again.

upload-no-file = There was no file, or only empty ones
    .text = Choose at least one.
upload-too-large = The files are larger than 1 GB together; send them in several parts
upload-too-many = There are more than { $most } files; send them in several parts
upload-field-too-long = A field of the form is too long
not-imported = Not imported
import-stopped = It was stopped before it was read; nothing of it was written
    .text = Import it again.
import-not-allowed = You may not import here

form-to-mend =
    { $count ->
        [one] One thing to mend
       *[other] { $count } things to mend
    }
table-refused = { $file } was not brought in
    .text =
        { $count ->
            [one] Mend what is named below and send it again; nothing has been written.
           *[other] Mend what is named below and send it again; nothing has been written.
        }
nothing-written = Nothing was written.
nothing-changed = Nothing was changed
nothing-changed-below = Nothing was changed; see below.
system-not-made = The system was not made yet; see below.
note-needs-words = A note needs words.
note-not-kept = The note cannot be kept
select-rows-first = Select the rows it concerns first.
select-of-one-system = The selected rows belong to several systems; a task or a plan belongs to one.
select-not-programme = Deficiencies of the programme are assigned, not planned: plans belong to systems.
select-what-to-do = Choose what to do with the selected rows.

conflict-meanwhile = Somebody else changed it meanwhile
conflict-what-now = Nothing was saved. The form below holds what you wrote; saving it now takes the place of the newer version.
conflict-same = Both say the same.
conflict-field = Field
conflict-theirs = In the record now
conflict-mine = What you wrote
conflict-not-set = not set

## Empty places: Today

welcome = Welcome
welcome-lead = No system is on record yet. Say what you have, or drop what your tools export; from then on this page is the ranked list of what to do next.
welcome-define = Define a system
    .text = Its name, who owns it, what it handles and the hosts it runs on, on one page. Its categorisation, baseline and first deficiencies follow by themselves.
welcome-officer = An officer of the organisation does this.
welcome-import = Import what you have
    .text = A scan, a benchmark result, a bill of materials; or tables of units and people from a spreadsheet. Formats are recognised by content. A file of hosts that no system knows yet says so, and starts one from them.
welcome-import-files = Import files
welcome-import-tables = Tables of records
welcome-look = Look around first
    .text = The sample organisation has twelve systems and three months of history. It gets a store of its own beside this one; nothing of it comes here.
nothing-here = Nothing here
queue-none = No deficiencies
    .text = What the checks find wrong stands here, worst first. They need systems and evidence to look at.
    .first = Import evidence
    .second = New system
queue-none-fit = { -none-fit }
    .text = The queue itself is not empty.
    .first = Show the whole queue
    .second = Show what is excepted too
changes-no-system = No system has more or fewer deficiencies than then.
changes-no-evidence = No file came in.
    .first = Import
changes-no-record = No record was written.
expiring-none = Nothing does: no leave, exception, agreement or plan has its day in the next 30.
news-none = Nothing new
    .text = What others assign to you, or write about systems that you own or secure, stands here until you say you have seen it.
    .first = To the queue
news-no-record = No record was written.
news-no-file = No file came in.
actions-none = No single change is known to end it. Plan the work, or except it until a day.
deficiency-no-controls = None named.
deficiency-no-notes = Nothing has been said about it yet, and nobody has a task.
account-no-role = No role: ask an officer.

## Empty places: systems

systems-none = No systems yet
    .text = A system is what is authorised: it has a boundary, an owner, controls and evidence.
    .first = New system
    .second = Import a table of systems
systems-none-fit = No system matches these filters
    .first = Show all systems
    .second = New system
findings-none = No findings yet
    .text = What scanners, linters and benchmark checks report belongs here, one row for each thing and place.
    .first = Import
    .second = Readable formats
findings-none-fit = { -none-fit }
    .first = Open findings
    .second = All findings
finding-no-sightings = No sightings
    .text = The finding was never reported as such; its state follows from looks at its target.
controls-none-fit = No control matches these filters
    .first = All controls
    .second = Import evidence
control-no-systems = No systems yet
    .text = Every system whose baseline holds this control stands here with its status.
    .first = Add a system
    .second = Import a table
poam-none = No POA&M items yet
    .text = A deficiency with an owner, a plan and a date belongs here.
    .first = Plan from the queue
    .second = Import a table
poam-none-fit = { -none-fit }
    .first = Open items
    .second = All items

## Empty places: one system

system-deficiencies-none = No deficiency in force
system-looks-none = Nothing has looked at this system yet
    .text = Scans, benchmark results, bills of materials and backup reports belong here.
    .first = Import evidence
    .second = Readable formats
changed-not-there = The system was not recorded on { $day }, so that there is nothing to compare with.
changed-none = Nothing, since { $day }.
upcoming-none = Nothing falls due before { $day }.
cycle-none = No step out of this phase is yours to take.
standing-no-baseline = No baseline is in force: the system is not categorised. Record its information types with their impact levels.
standing-not-looked = Not looked: no scan or benchmark result has come in.
standing-none-open = No finding is open.
boundary-none = No { $several } recorded
    .text = { $about }
    .first = New
    .second = Import a table
diagram-none = No components yet
system-controls-none = No controls yet
    .text = The baseline follows from the impact levels of what the system handles.
    .first = New information type
    .second = Add a control
system-controls-none-fit = { -none-fit }
    .first = All controls
    .second = Not assessed
judgements-none = Nobody has judged this control.
implementations-none = Nobody has stated how this control is met.
control-no-deficiencies = None touches this control.
control-no-findings = No open finding bears on this control.
tailoring-none = The baseline stands as it is
    .text = What is added, taken out, compensated or set stands here with its reason.
    .first = Tailor
    .second = Parameters
tailoring-none-fit = No decision matches these filters
    .text = What is added, taken out, compensated or set stands here with its reason.
    .first = Tailor
    .second = Parameters
overlays-none = No overlay holds for this system.
parameters-none-fit = No parameter matches
    .text = Parameters are those of the controls that must be met.
    .first = All parameters
inheritance-none = Nothing is taken from others
    .text = An implementation that is inherited or shared names the system that provides it.
    .first = Inherit
inheritance-none-fit = { -none-fit }
    .text = An implementation that is inherited or shared names the system that provides it.
    .first = Inherit
inheritance-offered-none = Nothing is offered to others
    .text = A common control says what this system does for others, and what it leaves to them.
    .first = Offer
trace-none = Nothing to trace yet
    .text = The baseline follows from the impact levels of what the system handles.
    .first = New information type
trace-none-fit = No statement matches these filters
    .first = All statements
system-findings-none = No findings yet
    .text = What scanners, linters and benchmark checks report of this system belongs here.
    .first = Import evidence
    .second = Readable formats
system-findings-none-fit = { -none-fit }
    .first = Open findings
    .second = All findings
system-poam-none = No POA&M items yet
    .text = A deficiency with an owner, a plan and a date belongs here.
    .first = Plan from the queue
    .second = New item
system-poam-none-fit = { -none-fit }
    .first = Open items
    .second = All items
system-evidence-none = No evidence yet
    .text = Scans, benchmark results, bills of materials and backup reports of this system belong here.
    .first = Import evidence
    .second = All evidence of the system
system-evidence-none-fit = { -none-fit }
    .first = Import evidence
    .second = All evidence of the system
system-history-none = Nothing happened
    .text = Changes of the system's records and files that come in stand here.
    .first = Whole history
    .second = Ledger
compare-not-there = { $system } was not recorded on { $day }
    .text = Its record begins on { $first }.
    .first = Compare from its first day
    .second = History
compare-none-opened = None opened
compare-none-ended = None ended
compare-no-control = No control changed its status.
compare-none = None.

## Empty places: Programme

units-none = No units yet
    .text = Units form the tree that roles and figures follow.
    .first = New unit
    .second = Bring in a table
calendar-none = Nothing falls due here
    .text = Milestones, plans, tasks, exceptions, agreements, reviews and authorisations with a date stand here.
    .first = Everything that falls due
    .second = POA&M items
training-none = No required courses yet
    .text = A person's record names the courses they must have passed; rosters show that they have.
    .first = People
    .second = Import a roster
training-none-fit = { -none-fit }
    .first = All required training
    .second = People
risk-none = Nothing is priced yet
    .text = A scenario says what can happen to a system, how often, by which steps, and what it costs.
    .first = Add a scenario
    .second = Drafts
scenarios-none-fit = No scenario matches these filters
    .first = Show all scenarios
    .second = Add a scenario
scenario-no-steps = No steps are told, so no control bears on it.
scenario-no-findings = No open finding bears on its controls.
register-none = No risk scenario is in force
    .text = The register follows from the scenarios; nothing is typed in here.
    .first = Add a scenario
    .second = Risk
register-none-fit = No risk matches these filters
    .first = Show all risks
moved-none = No risk scenario is in force
    .text = Nothing is priced, so nothing can move.
    .first = Add a scenario
what-if-none-open = Nothing would move
    .text = None of the findings named is open.
    .first = Risk
    .second = Add a scenario
what-if-none-moves = Nothing would move
    .text = They bear on no control that stands in the way of a risk scenario in force on their systems.
    .first = Risk
    .second = Add a scenario
calibration-none = No estimate has turned out yet
    .text = Write down what somebody thinks before it is known: a chance, or an interval that is to hold a value. Later say what turned out. Closed budget lines with a range count by themselves.
    .first = Add an estimate
    .second = Open estimates
intervals-none = Nobody gave an interval.
chances-none = Nobody gave a chance.
waiting = This is being worked out
waiting-note = It takes longer than a page should. You can leave and come back; what is worked out is kept.
portfolio-none = Nothing to plan
    .text = No open finding bears on a control that stands in the way of a risk scenario in force.
    .first = Risk
    .second = Findings
portfolio-none-fit = { -none-fit }
    .first = Show all
alternatives-empty = This alternative closes nothing that is open.
alternatives-nothing = Nothing to compare
    .text = Alternatives are made of work that closes findings on controls of risk scenarios in force. There is none yet.
    .first = Add a scenario
    .second = Findings
alternatives-none = No alternative is named
    .text = Say above what money may buy, take an initiative whose budget lines name their work, or choose work in the portfolio.
    .first = Choose work
    .second = Budget lines
budget-none = Neither money nor people are told
    .text = Budget lines say what was granted or is asked for, posts who has how many hours. Both can be typed in or imported from a spreadsheet.
    .first = Add a budget line
    .second = Add a post
budget-lines-none = No budget line is told here
    .first = Show all of the period
    .second = Add a budget line
benefits-none = No line names an initiative, a policy or a system.
contracts-none = No contract is recorded.
    .first = Add one
figures-none = No figures yet

## Empty places: Watch

sources-none = No tool has looked at anything yet
    .text = Every file of evidence names a tool and a day; the newest of each stand here.
    .first = Import evidence
    .second = Systems
sources-none-fit = { -none-fit }
    .first = All sources
    .second = Evidence
advisories-none-in-force = No advisories are in force
    .text = They come in as one file, on the command line or over the API, and judge every release there is.
    .first = Releases
    .second = Import a bill
advisories-none-hit = Nothing is known to hit a release in use
    .text =
        { $count ->
            [0] All parts of these releases were assessed.
            [one] One part of these releases could not be assessed.
           *[other] { $count } parts of these releases could not be assessed.
        }
    .first = Releases
    .second = Import a bill
advisories-none-fit = { -none-fit }
    .first = All that hit
    .second = Who is hit by { $asked }?
advisory-none-in-force = Nothing can be said of { $asked }
    .text = Without advisories no release is assessed.
    .first = Advisories
    .second = Releases
advisory-unknown = Nothing can be said of { $asked }
    .text = Its id may be written otherwise, or newer advisories have to be loaded; that nobody is hit does not follow.
    .first = Advisories
    .second = Releases
advisory-no-release = No release that Warrant knows of holds one of its packages.
releases-none = No releases yet
    .text = A bill of materials (CycloneDX, SPDX) that says of which version it is makes one; its parts are then judged by the advisories in force.
    .first = Import a bill
    .second = Advisories
releases-none-fit = No release matches these filters
    .first = Releases in use
    .second = All releases
line-none = Nothing is known to hit any of its releases.
release-none = Nothing is known to hit it
release-none-assessed = Nothing is known to hit it
    .text = What could not be assessed stands below.
release-none-fit = { -none-fit }
    .first = All of them
release-none-change = No vulnerability comes, goes or stays between the two.
release-no-steps = No part has to move.

## Empty places: Record

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
