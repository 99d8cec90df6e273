# Words of the pages in English: one system.

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

# What all tabs share
system-not-then = { $system } was not recorded yet on { $day }. This is how it stands now.
system-tab-summary = Summary
system-tab-boundary = Boundary
system-tab-poam = POA&M
system-tab-documents = Documents
system-tab-compare = Compare
status-old-since = evidence too old since { $day }
at-the-provider = at the provider
person-left = left
person-none = nobody named
plan-planned = planned
plan-accepted = accepted until { $day }
system-import-bill = Import a bill
system-import-evidence = Import evidence

# Plan of action of a system
poam-items = POA&M items
poam-new = New item
poam-lead = { $open }, { $overdue }; { $without }.
poam-open =
    { $count ->
        [one] { $count } item is open
       *[other] { $count } items are open
    }
poam-overdue = { $count } overdue
poam-unplanned =
    { $count ->
        [one] { $count } deficiency has no plan
       *[other] { $count } deficiencies have no plan
    }
poam-unplanned-then =
    { $count ->
        [one] { $count } deficiency had no plan
       *[other] { $count } deficiencies had no plan
    }
poam-chip-open = Open
poam-chip-overdue = Overdue
poam-milestones = { $done } of { $all } milestones done
documents-caption = Documents to read and to hand in
document-of-page = As a document
document-as-html = { $document } as HTML, in English
document-as-docx = { $document } as DOCX, in English
document-now-alone = of the present alone
documents-lead = Each is made of what is recorded now. What nobody recorded stays empty; { $command } also lists what that is.
system-brief = Brief
documents-workbook-for = Your blank workbook for { $document }
documents-workbooks = Fill in your workbook, or take it back
documents-workbook = Your own blank workbook
documents-written-as = Written as
documents-all-targets = all targets, as ZIP
documents-package = Address of your certification package overview
system-evidence-files =
    { $count ->
        [one] { $count } file
       *[other] { $count } files
    } with { $facts ->
        [one] { $facts } fact
       *[other] { $facts } facts
    }
system-evidence-lead =
    { $files }; the newest was observed on { $day }{ $problems ->
        [0] {""}
        [one] ; { $problems } with lines that could not be used
       *[other] ; { $problems } with lines that could not be used
    }.
system-evidence-lead-undated =
    { $files }{ $problems ->
        [0] {""}
        [one] ; { $problems } with lines that could not be used
       *[other] ; { $problems } with lines that could not be used
    }.

# Summary
changed-title = Changed in { $days } days
changed-opened-count =
    { $count ->
        [one] { $count } deficiency opened
       *[other] { $count } deficiencies opened
    }
changed-figures =
    { $opened }, { $ended } ended{ $worsened ->
        [0] {""}
        [one] , { $worsened } worsened
       *[other] , { $worsened } worsened
    }{ $eased ->
        [0] {""}
        [one] , { $eased } eased
       *[other] , { $eased } eased
    }; { $findings ->
        [one] { $findings } finding
       *[other] { $findings } findings
    } opened, { $closed } closed; { $controls ->
        [one] { $controls } control
       *[other] { $controls } controls
    } changed status.
changed-opened = Opened
changed-ended = Ended
cycle = Life cycle
cycle-step = The phase becomes “{ $phase }”. The step is recorded with your name, and can be taken back.
cycle-step-for-good = The phase becomes “{ $phase }”. The step is recorded with your name, and cannot be taken back to “{ $from }”.
known-authorisation = Authorisation and people
not-categorised = not categorised
known-adjusted = Adjusted because: { $reason }
known-no-baseline = No baseline follows until an information type has impact levels.
known-baseline = The highest of the three gives the { $baseline } baseline (FIPS 200 §3).
information-types = Information types
known-categorisation = Categorisation
known-adjusted-from = adjusted to { $level } from { $from }:
known-adjusted-to = adjusted to { $level }
known-no-level = no information type has a level
summary-all =
    { $count ->
        [one] All { $count } deficiency
       *[other] All { $count } deficiencies
    }
summary-worst = Highest ranked deficiencies
summary-in-the-way = What stands in the way
summary-new-poam = New POA&M item
summary-lead-none = { $leave }; nothing critical or high stands in the way.
summary-lead =
    { $leave }; { $count ->
        [1] one thing stands
        [2] two things stand
       *[other] three things stand
    } in the way: { $list }.
summary-lead-more =
    { $leave }; { $count ->
        [4] four
        [5] five
        [6] six
        [7] seven
        [8] eight
        [9] nine
        [10] ten
        [11] eleven
        [12] twelve
       *[other] { $count }
    } things stand in the way, first of all { $list } and { $rest } more.
leave-of-endless =
    { $name } { $now ->
        [yes] is
       *[no] was
    } authorised since { $day } with no day of expiry
leave-of-none =
    { $name } { $now ->
        [yes] is
       *[no] was
    } not authorised
leave-of-today = The authorisation of { $name } expires today
leave-of-days =
    { $name } { $now ->
        [yes] is
       *[no] was
    } { $count ->
        [one] one day
       *[other] { $count } days
    } from re-authorisation
leave-of-expired =
    The authorisation of { $name } expired { $count ->
        [one] { $count } day
       *[other] { $count } days
    } ago
standing-newest = newest evidence { $day }
standing-no-evidence = no evidence yet
standing-impact = impact { $level }
standing-scorecard = Scorecard
standing-controls = Controls by status
standing-apply =
    { $count ->
        [one] { $count } apply
       *[other] { $count } apply
    }
standing-baseline = { $baseline } baseline
standing-tailored-out = { $count } tailored out
standing-beside = { $out } beside these.
standing-open-findings = Open findings by severity
standing-open = { $count } open
upcoming = Expiring and due
upcoming-until = until { $day }
upcoming-authorisation = Authorisation
upcoming-review = Review
upcoming-agreement = Agreement
upcoming-support = End of support
upcoming-poam = POA&M item
looks-stale = Stale
looks-after = after { $count } days
looks-fresh = Fresh
looks-for = for { $count } days
looks-no-rule = No rule
looks-too-old = { $old } of { $all } looks too old
looks-by-target = Evidence by target, oldest first
looks-caption = Looks by target and tool

# Findings of a system
system-findings-lead = { $open }, { $critical } and { $high }; { $closed } by a later look of the tool that had reported them.

# Controls of a system
way-statements = Statements
way-tailoring = Tailoring
way-parameters = Parameters
way-inheritance = Inheritance
way-trace = Traceability
controls-tailor = Tailor
controls-lead-none = No baseline is in force: the system is not categorised.
controls-some-of = { $count } of
controls-lead-satisfied =
    { $some } { $all ->
        [one] { $all } control is
       *[other] { $all } controls are
    } satisfied on fresh evidence ({ $share })
controls-lead = { $satisfied }; { $failing }, { $stale }, { $unjudged }.
controls-other-than-satisfied = { $count } other than satisfied
controls-stale = { $count } stale
controls-not-assessed = { $count } not assessed
controls-families = Families
controls-all-families = All families
controls-counted = { $satisfied } satisfied, { $failing } other than satisfied, { $stale } stale, { $unjudged } not assessed, { $out } not applicable
verdict-implemented = Implemented
verdict-in-part = In part
verdict-planned = Planned
verdict-choose = choose what to say of the selected controls
verdict-did-satisfied =
    { $count ->
        [one] 1 control judged satisfied
       *[other] { $count } controls judged satisfied
    }
verdict-did-other =
    { $count ->
        [one] 1 control judged other than satisfied
       *[other] { $count } controls judged other than satisfied
    }
verdict-did-implemented =
    { $count ->
        [one] 1 control said to be implemented
       *[other] { $count } controls said to be implemented
    }
verdict-did-in-part =
    { $count ->
        [one] 1 control said to be implemented in part
       *[other] { $count } controls said to be implemented in part
    }
verdict-did-planned =
    { $count ->
        [one] 1 control said to be planned
       *[other] { $count } controls said to be planned
    }
verdict-as-before = { $what }, as before; nothing was written

# One control of a system
judgement-no-result = No result yet
provided-by = provided by { $provider }
tailorings-none = As in the baseline: nothing was added, left out or set.
tailoring-added = Added
tailoring-removed = Removed
tailoring-compensated = Compensated by { $controls }
tailoring-set = Set { $parameter } to “{ $value }”
a-parameter = a parameter
tailoring-by-overlay = by an overlay
judge-record = Record judgement
judge = Judge…
judge-on = On
judge-whole = { $control } as a whole
judge-say = say what came out
control-not-in-baseline = { $control } is not in the tailored baseline of this system
control-not-in-baseline-but = { $control }; a tailoring decision can add it.
control-implementation = implementation { $implementation }
control-assessor = What an assessor looks at
control-no-summary = There is no summary of this control in our words; read it in SP 800-53r5.
judgements = Judgements
control-state-implementation = State implementation
control-add-to-baseline = Add to baseline
deficiencies = Deficiencies
all-findings =
    { $count ->
        [one] All { $count } finding
       *[other] All { $count } findings
    }
statements-aside = taking a ground away would change the status
statements-title = Statements and grounds

# Boundary
boundary-of = Boundary of { $system }
boundary-edit = Edit boundary
boundary-new-component = New component
count-components =
    { $count ->
        [one] { $count } component
       *[other] { $count } components
    }
count-flows =
    { $count ->
        [one] { $count } flow
       *[other] { $count } flows
    }
count-interconnections =
    { $count ->
        [one] { $count } interconnection
       *[other] { $count } interconnections
    }
boundary-components =
    { $components } in { $zones ->
        [one] { $zones } trust zone
       *[other] { $zones } trust zones
    }
boundary-lead =
    { $components }; { $flows }{ $open ->
        [0] {""}
        [one] , { $open } sensitive and unprotected
       *[other] , { $open } sensitive and unprotected
    }{ $unknown ->
        [0] {""}
        [one] , { $unknown } of which nobody has said whether they are protected
       *[other] , { $unknown } of which nobody has said whether they are protected
    }; { $interconnections }{ $without ->
        [0] {""}
        [one] , { $without } without an agreement
       *[other] , { $without } without an agreement
    }.
at-rest-encrypted = encrypted
at-rest-not = not encrypted
at-rest-nothing = stores nothing
flow-sensitive = sensitive, unprotected

# Comparison
compare-week = Week
compare-month = Month
compare-quarter = Quarter
compare-year = Year
compare-back-by = Back by
compare-to = to
compare-higher = higher is better
compare-opened = Deficiencies that opened
compare-ended = Deficiencies that ended
compare-worsened = Deficiencies that worsened
compare-eased = Deficiencies that eased
compare-findings-opened = Findings that opened
compare-findings-closed = Findings that closed
compare-now = now
compare-same = nothing is different
compare-lead-bare = From { $from } ({ $ago }) to { $to }.
compare-lead-same = From { $from } ({ $ago }) to { $to }: { $same }.
system-compare-lead = From { $from } ({ $ago }) to { $to }: { $opened }, { $ended }; { $findings }; { $controls }.
compare-ended-count = { $count } ended
compare-findings-count =
    { $opened ->
        [one] { $opened } finding
       *[other] { $opened } findings
    } opened, { $closed } closed
compare-controls-count =
    { $count ->
        [one] { $count } control changed status
       *[other] { $count } controls changed status
    }
compare-not-accepted = no longer accepted
compare-controls = Controls that changed status
compare-score-then = { $objective } then
compare-score-now = { $objective } now
compare-score-neither = { $objective } was not assessed on either day: too little fresh evidence.
compare-score-not-then = { $objective } was not assessed then: too little fresh evidence.
compare-score-not-now = { $objective } was not assessed now: too little fresh evidence.
compare-score = Score of 100: then ({ $from }) and now ({ $to })
compare-satisfied = Controls satisfied
compare-findings-open = { $severity } findings open
compare-in-force = Deficiencies in force

# History
history-changes =
    { $count ->
        [one] { $count } change
       *[other] { $count } changes
    }
history-changes-late = { $count } changes of late
history-lead = { $changes }, the newest on { $day }; each is a leaf of the ledger and can be proved.
history-lead-none = { $changes }; each is a leaf of the ledger and can be proved.
history-everything = Everything
history-brought =
    brought in { $file }: { $count ->
        [one] { $count } fact
       *[other] { $count } facts
    } by { $tool }{ $problems ->
        [0] {""}
        [one] , { $problems } problem
       *[other] , { $problems } problems
    }
history-leaf = leaf { $leaf }
history-fields = { $count } fields: { $fields }
history-which = Which
history-version = version { $version }
history-created = created { $what }
history-changed = changed { $what }
history-removed = removed { $what }
history-imported = imported { $what }
history-took-to = took to “{ $word }” { $what }
history-other = { $word }: { $what }

# Tailoring, parameters, inheritance, traceability
tailoring-must =
    { $count ->
        [one] { $count } control must be met
       *[other] { $count } controls must be met
    }
tailoring-lead = { $must }: the { $baseline } baseline of { $size }{ $decisions }; { $unset } unset.
tailoring-unset = { $unset } of { $all } parameters
tailoring-count-added = { $count } added
tailoring-count-removed = { $count } removed
tailoring-count-not-applicable = { $count } not applicable
tailoring-count-compensated = { $count } compensated
count-decisions =
    { $count ->
        [one] { $count } decision
       *[other] { $count } decisions
    }
by-the-system = by the system
overlays-choose = Choose overlays
overlays-new = New overlay
overlays = Overlays, the most general first
tailoring-decisions = Decisions
this-system = this system
effect-holds = Holds
effect-overruled = Overruled
effect-nothing = Without effect
effect-none = none:
parameters-none = No parameter is left to the organisation: no baseline is in force.
parameters-all-set = All { $count } parameters are set.
parameters-unset = { $some } are unset;
parameters-unset-text = a control with an open parameter cannot be assessed.
parameter-unset = Unset
parameter-set = Set
parameter-choice = { $control }: a choice
inheritance-inherit = Inherit
inheritance-offer = Offer
inheritance-taken =
    { $count ->
        [one] { $count } control or statement taken from others
       *[other] { $count } controls and statements taken from others
    }
inheritance-failing = { $count } fail or have grown stale at the provider
inheritance-holes = { $count } with a hole in the chain
inheritance-customers =
    { $count ->
        [one] { $count } system relies on this one
       *[other] { $count } systems rely on this one
    }
inheritance-fails = Fails at the provider
inheritance-hole = Hole in the chain
inheritance-inherited = Inherited
inheritance-shared = Shared
inheritance-caption = Taken from others
inheritance-not-offered = not offered
nothing = nothing
inheritance-unseen = You may not see how it stands at { $systems }.
inheritance-offered = Offered to others
inheritance-without-offer = taken without an offer
trace-document = Document
trace-lead-none = No baseline is in force, so there is nothing to trace.
trace-some =
    { $all ->
        [one] { $some } of { $all } statement
       *[other] { $some } of { $all } statements
    }
trace-lead = { $some } traced without a hole
trace-without-implementation = { $count } without implementation
trace-without-procedure = { $count } without procedure
trace-without-result = { $count } without result
trace-without-file = { $count } without any file behind the result
trace-file-missing = { $count } with a file that is not there
trace-too-old = { $count } with evidence too old
trace-not-there = { $count } not there
trace-examined = examined
trace-interview = interview
trace-tested = tested
hole-implementation = implementation
hole-procedure = procedure
hole-result = result
hole-evidence = evidence
hole-file = a file
hole-freshness = freshness
trace-stray =
    { $count ->
        [one] { $count } implementation statement is
       *[other] { $count } implementation statements are
    } about what the baseline does not hold: { $list }. { $link } or withdraw the statement.
    .link = Add the control

# Workbooks taken back
taken-workbook-of = Filled workbook of { $document }
taken-workbook = A workbook that people filled in
taken-take-back = Take back
taken-same = { $file } says what is already there.
taken-would = { $file } would record { $what }.
taken-not-written = Nothing has been written yet.
taken-new = new
taken-changed = changed
taken-known = recorded before
taken-as-warrant = rows as Warrant says
taken-blank = rows that say nothing
taken-absent = without a row: they stay
taken-record = Record { $what }
taken-leave = Leave it
taken-against =
    { $count ->
        [one] { $count } judgement stands against a rule that is open
       *[other] { $count } judgements stand against rules that are open
    }: the posture goes by the rules until they are mended or excepted.
taken-otherwise = What it says otherwise
taken-refused = { $file } was not taken back.
taken-refused-text = Mend what is named below and send it again; nothing has been written.
taken-back-to-documents = Back to the documents
taken-judgements = Judgements of the workbook
taken-changes = Changes of the workbook
taken-cells = Cells that are not taken
becomes-new = new
becomes-changed = changed
becomes-known = recorded before
taken-rule-open = a rule is open
cell-empty = empty
hole-title-implementation = No implementation
hole-title-procedure = No procedure
hole-title-result = No result
hole-title-evidence = No evidence
hole-title-file = Evidence missing
hole-title-freshness = Evidence too old
tailoring-action-compensated = Compensated
tailoring-action-parameter = Parameter

# Risk of a system
system-risk-none = No scenario of this system is in force
    .text = A scenario says what can happen, how often it is tried and what it costs; its price follows from how the controls stand.
    .first = Add a scenario
    .second = All scenarios
system-risk-not-priced = What a year may cost is not assessed: no scenario of this system is in force.

# Recovery of a system
system-tab-recovery = Recovery
recovery-lead =
    { $within }{ $old ->
        [0] {""}
        [one] ; { $old } would lose more
       *[other] ; { $old } would lose more
    }{ $never ->
        [0] {""}
        [one] ; { $never } has no backup on record
       *[other] ; { $never } have no backup on record
    }. { $restored ->
        [0] None was restored in a test
        [one] { $restored } was restored in a test
       *[other] { $restored } were restored in a test
    } within the time that policy sets.
recovery-within =
    { $count } of { $all } { $all ->
        [one] component that needs a backup
       *[other] components that need a backup
    } would lose no more than may be lost
recovery-lead-none = Not assessed: nobody said of any component how much data may be lost, so that no backup is asked for.
recovery-not-operating = The system is not in operation: what is missing is no deficiency yet.
recovery-import = Import a backup log
recovery-saved = Saved
recovery-may = May be lost
recovery-would = Would be lost
recovery-backup = Newest backup
recovery-read-back = Data read back
recovery-restored = Restored in a test
recovery-state-within = In time
recovery-state-too-old = Too long ago
recovery-state-never = No backup
recovery-state-not-asked = Not asked for
recovery-hours =
    { $count ->
        [one] { $count } hour
       *[other] { $count } hours
    }
recovery-all = all of it
recovery-no-backup = none on record
recovery-failed = failed { $age }
recovery-structure = structure only
recovery-never = never
recovery-too-long-ago = too long ago
recovery-picture = Data that would be lost now, hours
recovery-bar = { $component }, at most { $may }
recovery-dark = Dark bars are longer than what may be lost.
recovery-wrong = What is wrong with backups
recovery-none-wrong = No check of backups finds anything wrong.
recovery-log = Backup log
recovery-newest-of = newest { $shown } of { $count }
recovery-when = When
recovery-host = Host
recovery-act = What was done
recovery-detail = What the tool says
recovery-no-log = Nothing has been read about backups of this system. Import the log of a backup tool, or write docs/backup-run.md's format.
recovery-none-fit = No component fits
    .text = { -none-fit }
    .first = Show all components
recovery-none = No components yet
    .text = What the system is made of belongs here, with the hours of data that may be lost of each.
    .first = Add a component
    .second = Boundary
backup-act-snapshot = backup
backup-act-structure = structure check
backup-act-data = data check
backup-act-restore = restore
