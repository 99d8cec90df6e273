# Words of the pages in English: lists of systems, findings and plans.

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
findings-narrow = Too many to list over all systems
    .first = Systems
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

# Findings
finding-in-money = In money
finding-in-money-title = What a year would cost less if it were closed
finding-sightings = Sightings
finding-weakness = Weakness
finding-rule = Benchmark rule
finding-on = { $finding } on { $target }
finding-ids = Ids
finding-weakness-types = Weakness types
finding-no-controls = none: nothing maps this rule to a control
finding-remedy = Remedy
finding-fixed-in = Fixed in
finding-suppressed = Suppressed
finding-suppressed-why = by the tool or its user; it stays open until a look no longer shows it
finding-planned-by = Planned by
finding-exploit-known = exploit known
finding-disagree = The tools do not agree
finding-disagree-text = The newest look decides the state. Look at both and correct the tool that is wrong.
finding-says = { $tool } says { $verdict } on { $day }
finding-open-since = Open since { $day } ({ $age })
finding-closed-on = Closed on { $day } ({ $age })
finding-met-since = Met since { $day }
finding-could-not-tell = Not checked: the tool could not tell
finding-does-not-apply = Not applicable to this target
finding-moved-to = Moved on { $day }: { $link }
    .link = where it is now
finding-moved-on = Moved on { $day }
finding-lead =
    { $state } on { $target } of { $system }{ $reopened ->
        [0] {""}
        [one] ; it came back once after it had been closed
       *[other] ; it came back { $reopened } times after it had been closed
    }; last confirmed by { $tool } on { $day }.
priority = Priority
finding-did-reopen = reopened it: { $place }
finding-did-open = opened it: { $place }
finding-did-close = closed it: { $place }
finding-did-meet = found it met: { $place }
finding-did-not-tell = could not tell: { $place }
finding-did-not-apply = found it not applicable: { $place }
finding-did-move = found it at another place: { $place }
finding-file-without = the file that no longer shows it
finding-file = the file
finding-file-alone = file
finding-what-it-said = What it said
finding-older = { $count } older sightings are in { $link }.
    .link = the evidence
finding-nothing-more = nothing beyond the result
finding-outcome-pass = Pass
finding-outcome-fixed = Fixed
finding-outcome-fail = Fail
finding-outcome-error = Error
finding-outcome-unknown = Unknown
finding-outcome-not-applicable = Not applicable
finding-outcome-not-checked = Not checked
finding-outcome-not-selected = Not selected
finding-outcome-informational = Informational
findings-plan-as-one = Plan as one item…
finding-and-more = { $finding } and { $count } more
priority-by = { $decision }, by { $due }
priority-question = Question
priority-answer = Answer
priority-because = Because
priority-says = Says
priority-assumed = assumed
priority-policy = policy
priority-decided-by = Decided by SSVC's deployer table 1.0.0; what is not known takes the cautious answer.
cvss-for = For
cvss-vector = Vector
cvss-base = any system (base)
cvss-temporal = any system, at present (temporal)
cvss-environmental = this system (environmental)
cvss-not-assessed = not assessed
cvss-not-categorised = The system is not categorised for { $objectives }.
cvss-aside = requirements by the system's categorisation
finding-tools = What the tools say
finding-tool-says = Says
finding-newest-look = Newest look
finding-counted-once = one weakness, counted once
finding-likely = { $tool } is likely right:
finding-who-is-right = Who is right cannot be told:
finding-there = it is there, seen since { $day }
finding-gone = it is gone since { $day }
finding-never-here = nothing, though it reports others of the same package or file
finding-blind = nothing: it never named the package or file
finding-its = its finding
finding-until = until { $day }
finding-before = Where it was before
finding-before-aside = the same rule and title, moved by an edit

# The list of systems
systems-new = New system
systems-lead-none = No system is on record that you may see.
systems-lead =
    { $all } { $total ->
        [one] system
       *[other] systems
    }: { $lapsed } { $lapsing ->
        [one] operates
       *[other] operate
    } on lapsed leave, { $soon } must be authorised again within { $days } days, { $without } { $never ->
        [one] was never authorised
       *[other] were never authorised
    }; { $severe } deficiencies are critical or high.
leave-left =
    { $count ->
        [one] 1 day left
       *[other] { $count } days left
    }
leave-endless = no end
leave-lapsed =
    { $count ->
        [one] lapsed 1 day ago
       *[other] lapsed { $count } days ago
    }
leave-never = never authorised
leave-not-asked = not in operation

# Defining a system
define-name-information = say what the information is
define-information-twice = this information is named twice
define-too-many-hosts = { $count } hosts are too many for a form; bring them in as a table
define-information = Information it handles
define-information-help = What would hurt if it were known, changed or missing. The worst of each decides the baseline.
define-hosts = Hosts
define-hosts-help = One in a line, as scans name them. Each becomes a component; files of these hosts then find the system by themselves.
define-you = { $name } (you, as a new person)
define-verb = Define the system
define-title = Define a system
define-lead = What cannot be derived. Everything else can be said later, and is asked for by the checks when it is missing; { $link } has every field.
    .link = the whole record

# The catalogue
baseline-low = Low
baseline-moderate = Moderate
baseline-high = High
baseline-privacy = Privacy
catalogue-hold = { $some } of { $all } control implementations are shown to hold
catalogue-lead = { $hold } across { $systems }; { $failing } do not, nobody has assessed { $unjudged }. { $controls } controls of SP 800-53 revision 5 are listed.
catalogue-waiting = { $count } more systems are still to be judged; load the page again to count them.
catalogue-picture = Controls times systems
catalogue-family = Family
catalogue-baseline = Baseline
in-all = { $count } in all
control-withdrawn = Withdrawn.
control-tailored-out = Tailored out of every baseline that holds it.
control-in-no-baseline = In no system's baseline.
control-satisfied-in =
    Satisfied in { $some } of { $all ->
        [one] { $all } system
       *[other] { $all } systems
    }
control-status-in = { $status } in { $count }
control-no-baseline = none; chosen where it is needed
control-identifiers = { $count } identifiers
control-one-by-one = Judged one by one:
control-as-a-whole = as a whole
control-set-by = Set by the organisation:
control-statements = Statements and parameters
control-not-in-its-baseline = not in its baseline
since-day = since { $day }
in-no-baseline = in no baseline

# The plan of action
board-lead = Drag a card to its next state, or use its buttons. A step that needs more opens the item.
board-only = Only { $system }: { $link }.
    .link = show all
board-list = List
board = Board
board-title = POA&M board
board-more = { $count } more in the list
poam-late = Overdue
poam-chart = Items open at the end of each week, and by their own due dates
poam-chart-unit = items
poam-lead-next =
    { $figures }; the next is due on { $next }{ $without ->
        [0] {""}
        [one] ; { $without } without an owner
       *[other] ; { $without } without an owner
    }.
poam-lead-all =
    { $figures }{ $without ->
        [0] {""}
        [one] ; { $without } without an owner
       *[other] ; { $without } without an owner
    }.
leave-given = authorised
leave-soon = ends soon
leave-over = lapsed
systems-worst = Worst deficiency
systems-and-unit = System and unit
systems-owner-phase = Owner, phase
systems-severe-title = critical or high
systems-severe = { $count } severe
systems-line = Deficiencies over 90 days
findings-lead = { $open }: { $critical } and { $high }; { $closed } by a later look of the tool that had reported them.
findings-were-open =
    { $count ->
        [one] { $count } finding was open
       *[other] { $count } findings were open
    }
findings-kept = { $open } in { $systems }: { $critical } critical and { $high } high, as the postures of that day counted them. To list them, choose a system, a target, a tool or a control, or search.
findings-as-told = Severity and remedy are as the tool last told them.
findings-no-priorities = Priorities are not known over all systems as of { $day }: choose a system.
findings-uncounted = More fit than these: not all were counted. Narrow the list further for whole figures.
findings-not-known = Not known as of this day over all systems
finding-last-seen = last seen { $age }

# Dependencies
dependencies = Dependencies
dependencies-lead =
    On { $system } most rests: { $carried } of { $all } other systems rely on it, directly or through others; it has { $severe ->
        [0] no severe deficiency
        [one] { $severe } severe deficiency
       *[other] { $severe } severe deficiencies
    }.
dependencies-lead-none = No system is recorded to rely on another.
dependencies-by = Relied on by
dependencies-in-all = In all
dependencies-severe = Severe
dependencies-who = Who
dependencies-on = Relies on
dependencies-drawing = What rests on what
dependencies-carries =
    { $count ->
        [0] nothing rests on it
        [one] { $count } system rests on it
       *[other] { $count } systems rest on it
    }
dependencies-controls = controls
dependencies-information = information
dependencies-too-many = { $systems } systems with { $links } dependencies are too many to draw. The table has them all.
dependencies-none = No dependencies yet
    .text = One system relies on another for controls that it inherits or shares, and for information that an interconnection between them brings.
    .first = New interconnection
    .second = Implementations
dependencies-none-fit = { -none-fit }
    .first = Show all systems
