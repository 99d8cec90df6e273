# Words of the pages in English: what pages share: tables, forms, charts, figures and names of columns.

# Words that many pages share.
column-format = Format
column-tool = Tool
column-kind = Kind
column-line = Line
column-change = Change
button-download = Download
the-organisation = the organisation
organisation = Organisation
column-vulnerability = Vulnerability
column-package = Package
column-release = Release
column-component = Component
column-since = Since
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
nothing = nothing
because = Because
column-person = Person
column-unit = Unit
column-title = Title
column-what = What
column-day = Day
column-answer = Answer
column-severity = Severity
column-finding = Finding
column-target = Target
column-systems = Systems
column-people = People
column-deficiencies = Deficiencies
column-hours = Hours
column-due = Due
column-files = Files
column-decision = Decision
column-cost = Cost
overdue = Overdue
never = never
nobody = nobody
none = none
programme = programme
button-show = Show
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
button-next = Next
any = any
not-set = not set

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
button-add = Add
button-add-row = Add a row
button-remove = Remove
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
yes = Yes
no = No
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
objective-all = Confidentiality, integrity and availability
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

source-evidence = evidence
source-evidence-line = evidence, line { $line }
source-finding = finding

semicolon = ;{" "}
