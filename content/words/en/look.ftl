# Words of the pages in English: what tables, charts, forms, days and figures say, and names of columns and buttons.

# Tables
table-views = Views
table-forget-this = Forget this view
table-forget = Forget the view { $name }
table-as-it-comes = The list as it comes
table-save-view = Save what is shown as a view…
table-columns = Columns
table-show-these = Show these
table-as-at-first = As at first
table-every-column = Every column:
table-column-up = { $column } up
table-column-down = { $column } down
table-views-of = Views of { $rows }
table-filter = Filter
table-filter-rows = Filter { $rows }
table-filter-by = Filter by { $column }
table-export-rows = Export { $rows }
table-select-all = Select all rows
table-select-page = Select all rows of this page
table-take-away = take this filter away
table-more-rows =
    { $count ->
        [one] { $count } more row
       *[other] { $count } more rows
    }
table-select = Select { $name }
table-selected = Selected rows
table-selected-one = 1 row selected
table-selected-many = # rows selected
table-all-that-fit = all { $count } that fit
table-clear = Clear
table-pages = Pages
table-of = of { $total }
table-no-rows = No rows
button-previous = Previous
any = any

# Parts of pages
column-field = Field
column-before = Before
column-after = After
column-actions = Actions
button-keep = Keep
button-import = Import
button-copy = Copy
button-refresh = Refresh
button-stop = Stop
button-add-row = Add a row
button-remove-row = Remove the row
drop-choose = Choose files
drop-or = or drop them here
drop-upload = Upload
source-line = line { $line }
source-more =
    { $count ->
        [one] { $count } more line
       *[other] { $count } more lines
    }
source-this = this line
named = { $what }: { $value }
not-said = Not said
required = required
form-filter-choices = Filter the choices

# Severities and objectives
severity-critical = Critical
severity-high = High
severity-medium = Medium
severity-low = Low
severity-none = None
objective-confidentiality = Confidentiality
objective-integrity = Integrity
objective-availability = Availability
not-assessed = Not assessed
not-assessed-because = Not assessed: { $reason }
objective-not-assessed = { $objective } not assessed
objective-not-assessed-because = { $objective } not assessed: { $reason }
no-evidence = no evidence

# Charts
chart-from-to = { $what }: from { $first } to { $last }
chart-figures = Figures
chart-what = What
chart-value = Value
chart-low = Low
chart-high = High
chart-count = Count
chart-share = Share
chart-none = none
chart-bracket = { $what }: { $value } ({ $low } to { $high })
chart-plan = Plan
chart-left = Left
chart-forecast = Forecast
chart-this-plan = This plan
chart-money = Money
chart-remains = Remains
chart-what-it-is = What it is
chart-money-remains = { $money } { $currency }: { $loss } remains; { $what }
chart-exceedance = { $what }: chance of losing an amount or more in a year
chart-loss-or-more = Loss or more
chart-probability = Probability in a year
chart-years-with = { $loss } { $currency } or more: { $share } of years
chart-tolerated-in = Tolerated: { $loss } { $currency } or more in { $share } of years
chart-tolerated = Tolerated
chart-years-loss = A year's loss

# Diagrams
diagram-unknown = protection unknown
diagram-unprotected = unprotected
diagram-protected = protected, or not sensitive
diagram-sensitive = sensitive and unprotected
diagram-too-many = { $components } components and { $flows } flows are too many to draw; narrow the view to a zone.
diagram-flows = Flows
column-from = From
column-to = To
column-protocol = Protocol
column-information = Information
column-protection = Protection
diagram-not-named = not named
diagram-nothing = nothing to report
diagram-zone = Trust zone { $name }
component-software = Software
component-host = Host
component-device = Device
component-network = Network
component-data-store = Data store
component-service = Service
component-outside = Outside party

# Days
when-today = today
when-yesterday = yesterday
when-tomorrow = tomorrow
when-days-ago = { $count } days ago
when-in-days = in { $count } days
when-months-ago = { $count } months ago
when-in-months = in { $count } months
when-years-ago = { $count } years ago
when-in-years = in { $count } years
count-systems =
    { $count ->
        [one] { $count } system
       *[other] { $count } systems
    }
button-show = Show
column-then = Then
column-now = Now
column-change = Change
the-organisation = the organisation
button-plan = Plan
button-note = Note
column-subject = Subject
column-benchmark = Benchmark
column-rule = Rule
column-severity = Severity
column-target = Target
column-controls = Controls
column-seen = Seen
column-tool = Tool
column-result = Result
column-where = Where
column-version = Version
column-due = Due
column-score = Score
finding-open = Open
finding-closed = Closed
finding-met = Met
finding-not-checked = Not checked
finding-not-applicable = Not applicable
finding-moved = Moved
finding-also = { $tools } reports it too: one weakness, counted once
finding-and-tool = and { $tools }
priority-was-due = was due { $due }
priority-due-by = by { $due }
priority-only-open = Only open weaknesses have one
decision-immediate = Immediate
decision-out-of-cycle = Out of cycle
decision-scheduled = Scheduled
decision-defer = Defer
button-assign = Assign
button-except = Except until…
button-fill-in = Fill in
button-record = Record
button-plan-the-work = Plan the work
file-line = { $file }, line { $line }
the-programme = The programme
column-since = Since
column-owner = Owner
column-check = Check
column-plan = Plan
column-exception = Exception
column-deficiency = Deficiency
status-satisfied = Satisfied
status-other-than-satisfied = Other than satisfied
status-stale = Stale
status-not-assessed = Not assessed
status-not-applicable = Not applicable
none = none
is-overdue = overdue
no-date = no date
column-item = Item
column-milestones = Milestones
column-document = Document
column-holds = Holds
column-make-it = Make it
button-download = Download
column-file = File
column-format = Format
column-observed = Observed
column-received = Received
column-facts = Facts
column-problems = Problems
column-objective = Objective
column-impact = Impact
column-driven-by = Driven by
fact-phase = Phase
fact-expires = Expires
fact-security-officer = Security officer
fact-authorising-official = Authorising official
fact-unit = Unit
fact-what-it-does = What it does
fact-operational-since = Operational since
fact-authorised-on = Authorised on
fact-exposure = Exposure
fact-criticality = Criticality
button-new = New
count-deficiencies =
    { $count ->
        [one] { $count } deficiency
       *[other] { $count } deficiencies
    }
column-sort = Sort
column-last-look = Last look
column-freshness = Freshness
column-priority = Priority
column-finding = Finding
column-first-seen = First seen
column-last-seen = Last seen
findings-open =
    { $count ->
        [one] { $count } finding is open
       *[other] { $count } findings are open
    }
findings-critical = { $count } critical
findings-high = { $count } high
findings-closed = { $count } closed
finding-reopened = reopened
column-control = Control
column-title = Title
column-status = Status
column-implementation = Implementation
column-evidence = Evidence
column-findings = Findings
column-statement = Statement
column-rests-on = Rests on
implementation-none = not stated
none-feminine = none
implementation-own = own
implementation-alternative = alternative
implementation-partial = partial
implementation-planned = planned
implementation-shared = shared
implementation-inherited = inherited
by-whom = by { $who }
count-open-findings =
    { $count ->
        [one] { $count } open finding
       *[other] { $count } open findings
    }
column-open-findings = Open findings
column-what-it-asks-for = What it asks for
column-baselines = Baselines
column-satisfied = Satisfied
column-not-satisfied = Not satisfied
column-stale = Stale
column-not-assessed = Not assessed
column-cci = CCI
column-because = Because
fact-serves = Serves
fact-enhances = Enhances
fact-see-instead = See instead
fact-related = Related
fact-enhancements = Enhancements
some-of = { $some } of { $all }
column-identified = Identified
column-cost = Cost
column-hours = Hours
column-changed = Changed
nobody = nobody
column-component = Component
column-type = Type
column-zone = Zone
column-known-as = Known as
column-support-ends = Support ends
column-at-rest = At rest
column-flow = Flow
column-encrypted = Encrypted
column-authenticated = Authenticated
column-interconnection = Interconnection
column-other-side = Other side
column-direction = Direction
column-agreement = Agreement
column-agreement-ends = Agreement ends
column-information-type = Information type
column-categories = Categories
column-why = Why
not-known = not known
column-had-stood-since = Had stood since
column-rank = Rank
column-was = Was
column-became = Became
count-more = { $count } more
not-in-the-baseline = not in the baseline
column-figure = Figure
column-decision = Decision
column-effect = Effect
column-layer = Layer
column-approved-by = Approved by
column-written = Written
column-value = Value
column-parameter = Parameter
column-asks-for = Asks for
column-set = Set
button-change = Change
button-set = Set
column-there = There
column-here = Here
column-answers-for-it = Answers for it
column-left-to-us = Left to us
column-missing = Missing
column-offer = Offer
column-relied-on-by = Relied on by
column-tested-by = Tested by
column-newest-result = Newest result
column-not-taken = Not taken
count-records = { $count } records
column-row = Row
column-tested = Tested
column-by = By
column-becomes = Becomes
column-sheet = Sheet
column-record = Record
column-column = Column
column-rows = Rows
column-which = Which
count-days =
    { $count ->
        [one] { $count } day
       *[other] { $count } days
    }
column-system-worst-first = System, worst first
column-c-i-a = C / I / A
column-leave-to-operate = Leave to operate
fact-leave = Leave
column-vulnerabilities = Vulnerabilities
column-cvss = CVSS
column-fixed-in = Fixed in
column-remedy = Remedy
saved-view-own = for yourself
saved-view-everybody = shared with everybody
saved-view-unit = shared with a unit
