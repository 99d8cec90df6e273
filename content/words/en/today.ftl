# Words of the pages in English: Today.

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
today-lead-none = Nothing stands in the way: no check finds a deficiency in what you may see.
today-lead =
    { $all } { $total ->
        [one] deficiency
       *[other] deficiencies
    } across { $systems }; the worst is { $worst }. { $late } { $overdue ->
        [one] is overdue
       *[other] are overdue
    }, { $soon } { $week ->
        [one] falls due this week
       *[other] fall due this week
    }{ $mine ->
        [0] {""}
        [one] , { $own } falls to you
       *[other] , { $own } fall to you
    }.

# What changed
changes = What changed
changes-since = since
changes-systems = Systems
changes-evidence = Evidence that came in
changes-all-evidence = All evidence
changes-records = Records
changes-all = All changes
changes-all-moved = All that moved
changes-brought =
    brought { $file } for { $system }: { $count ->
        [one] { $count } fact
       *[other] { $count } facts
    }
changes-removed = removed { $kind } { $title }
changes-added = added { $kind } { $title }
changes-changed = changed { $kind } { $title }

# Deficiencies
deficiency = Deficiency
deficiency-end = What would end it
deficiency-grounds = Where it shows
deficiency-rank = Why it ranks here
deficiency-controls = Controls it touches
deficiency-notes = Notes and tasks
deficiency-since = { $severity } since { $day }, { $age }.
action-on = on { $target }
action-hours = { $low } to { $high } h
grounds-count =
    { $count ->
        [one] { $count } ground
       *[other] { $count } grounds
    }
grounds-none = It rests on something missing, so there is nothing to look at but { $subject }.
grounds-more = And { $count } more.
deficiency-pulls-down = Pulls down
deficiency-planned = Planned
deficiency-no-plan = no POA&M item
deficiency-excepted = Excepted until { $day }
deficiency-no-exception = none
task-due = due { $day }
deficiency-note-open = open
note-text = Note
deficiency-note-add = Add note
rank-points = { $points } of 1,000 points
rank-factor = Factor
rank-weight = Weight
rank-points-left = Points left
rank-text = Each factor multiplies what the one above it leaves. The weights are policy.
rank-left = { $factor }: { $points } points left

# Overview
expiring-exception = Exception ends
expiring-agreement = Agreement ends
expiring-plan = Plan falls due
expiring-leave = Leave to operate ends
expiring-more = { $count } more; { $plans }, { $exceptions }, { $systems }.
expiring-plans = plans
expiring-exceptions = exceptions
expiring-systems = systems
overview-all = all { $count }
overview-known = What is known
overview-controls = controls
overview-wrong = What is wrong
overview-queue = the queue
overview-trend = Over time
overview-expiring = Ends or falls due within { $days } days
overview-programme = The programme itself
overview-no-unit = No unit
overview-by-unit = Deficiencies by unit and severity
overview-deficiencies = Deficiencies
overview-severe = Severe
overview-met = Met
overview-controls-met = Controls met
overview-not-met = Not met
overview-too-old = Evidence too old
overview-by-system = Controls by system, the worst system first
overview-leave =
    On { $day } { $given } of { $systems } may operate; { $lapsed } { $lapsing ->
        [one] runs
       *[other] run
    } on lapsed leave and { $without } { $never ->
        [one] was
       *[other] were
    } never authorised.
overview-leave-next =
    On { $day } { $given } of { $systems } may operate; { $lapsed } { $lapsing ->
        [one] runs
       *[other] run
    } on lapsed leave and { $without } { $never ->
        [one] was
       *[other] were
    } never authorised; next is { $next }, in { $days ->
        [one] { $days } day
       *[other] { $days } days
    }.
overview-worst = The worst is { $worst }, { $severity } since { $day }.
overview-total =
    { $count } { $total ->
        [one] deficiencies
       *[other] deficiencies
    }
overview-in-force =
    { $all } { $now ->
        [yes] are
       *[no] were
    } in force, { $severe } of them critical or high.
overview-in-force-same =
    { $all } { $now ->
        [yes] are
       *[no] were
    } in force, { $severe } of them critical or high, as many as a month ago.
overview-in-force-more =
    { $all } { $now ->
        [yes] are
       *[no] were
    } in force, { $severe } of them critical or high, { $by } more than a month ago.
overview-in-force-fewer =
    { $all } { $now ->
        [yes] are
       *[no] were
    } in force, { $severe } of them critical or high, { $by } fewer than a month ago.
overview-no-baseline = No baseline is in force, so no control is judged: { $link } first.
    .link = categorise the systems
overview-controls-of = { $some } of { $all } controls
overview-unassessed = { $share } are not assessed
overview-fresh = Fresh evidence shows { $met } to be met ({ $share }); { $unjudged } and { $stale } rest on evidence that has grown too old.
overview-fresh-newest = Fresh evidence shows { $met } to be met ({ $share }); { $unjudged } and { $stale } rest on evidence that has grown too old; the newest evidence is of { $day }.
overview-plans =
    { $planned } have a plan and { $excepted } more are excepted; { $overdue } { $late ->
        [one] is
       *[other] are
    } overdue and { $soon } fall due within { $days } days.
overview-items =
    { $count } { $items ->
        [one] POA&M item
       *[other] POA&M items
    }
overview-plans-then = { $excepted } more were excepted; { $items } asked for work, { $overdue } of them overdue. Which deficiency was the worst and which had a plan is not known of a past day.

# The queue
queue-assign = Assign…
queue-plan = Plan…
queue-caption = Deficiencies, highest rank first
queue-overdue = overdue
queue-week = due by next week
queue-unplanned = unplanned
queue-planned = planned
queue-excepted = excepted
queue-mine = mine
queue-what = What, and why it ranks here
queue-where = Where, and whose
queue-no-day = no day set
queue-except = Except

# The queue of a past day
today-as-of = Hours that work roles lacked then are not known.
today-narrow =
    { $count ->
        [one] { $count } deficiency was in force
       *[other] { $count } deficiencies were in force
    } across { $systems } systems. Which they were is worked out anew from what is on record, for some sixty systems at once.
today-narrow-none = Choose a system
    .text = The queue of a past day is shown for one system, or for all when there are fewer.
    .first = Systems as of this day
