# Words of the pages in English: Programme: risk, money, people, units.

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

# The programme's page.
programme-lead = { $dates }{ $next }. { $severe } critical or high deficiencies in force; { $courses } lapsed or never passed.
programme-dates = { $passed }, { $coming } fall due in the next { $days } days
programme-dates-passed =
    { $count ->
        [one] { $count } date has passed
       *[other] { $count } dates have passed
    }
programme-next = ; the next is { $what } on { $day } ({ $distance })
programme-courses =
    { $count ->
        [one] { $count } required course
       *[other] { $count } required courses
    }
programme-next-days = overdue and the next { $days } days
calendar-title = What falls due
calendar-what = { $kind } { $field }
calendar-milestone = Milestone due
calendar-show = Show
calendar-coming = Coming
units-title = Units
units-led-by = Led by
units-worst = Worst
units-severities = { $count } { $severity }

# Training.
training-title = Required training
training-course = Course
training-passed = Passed
training-holds-until = Holds until
training-shown-by = Shown by
training-import = Import a roster
training-no-roster = no roster
training-lapsed = Lapsed
training-missing = Never passed
training-ending = Ends soon
training-current = Current
training-nobody = Nobody is required to pass a course.
training-lead = { $share }; { $lapsed }, { $missing }, { $ending }.
training-share =
    { $count ->
        [one] { $share } of { $count } required course hold
       *[other] { $share } of { $count } required courses hold
    }
training-count-lapsed = { $count } lapsed
training-count-missing = { $count } never passed
training-count-ending =
    { $count ->
        [one] { $count } ends soon
       *[other] { $count } end soon
    }

programme-title = Programme
stakeholders-title = Stakeholders
tasks-title = Tasks
exceptions-title = Exceptions

# What the engines of risk and the budget tell apart.
deciding-expired = open again
deciding-outgrown = outgrown
deciding-undecided = not decided
deciding-asked = asked for
deciding-in-force = decided
grade-very-low = Very low
grade-low = Low
grade-moderate = Moderate
grade-high = High
grade-very-high = Very high
grade-letters-very-low = VL
grade-letters-low = L
grade-letters-moderate = M
grade-letters-high = H
grade-letters-very-high = VH
owasp-low = Low
owasp-medium = Medium
owasp-high = High
owasp-severity-note = Note
owasp-severity-low = Low
owasp-severity-medium = Medium
owasp-severity-high = High
owasp-severity-critical = Critical
cause-retired = Scenarios retired
cause-new = Scenarios new
cause-estimates = Estimates changed
cause-closed = Findings closed
cause-opened = Findings opened
cause-in-place = Controls in place
cause-reliability = Reliability of controls
cause-retired-means = in force then and no more
cause-new-means = in force now and not then, or in a system that was not recorded then
cause-estimates-means = rates, amounts or steps
cause-closed-means = open then and no more, or judged otherwise; hosts looked at
cause-opened-means = open now and not then
cause-in-place-means = judgements, implementation, age of evidence
cause-reliability-means = how often findings opened in the year before, and how long they stayed
overrun-certain = not enough
overrun-possible = may not suffice
overrun-no = enough
verdict-within = within
verdict-exceeds = more than is tolerated
does-not-decide = does not decide

# The page of risk.
risk-title = Risk
risk-of = Risk of { $unit }
risk-moved = What moved
risk-register = Register
risk-calibration = Calibration
risk-portfolio = Portfolio
risk-add = Add a scenario
risk-not-in-force = No risk scenario is in force yet.
risk-curve = What a year may cost
risk-scenarios = Scenarios
risk-bad-years = Bad years
risk-tolerated = Beside what is tolerated
risk-known = Does what is known decide?
risk-units = Units beside their own tolerance
risk-year = { $amount } { $currency } a year
risk-lead =
    { $count ->
        [one] { $year } is to be expected from { $count } scenario in force.
       *[other] { $year } is to be expected from { $count } scenarios in force.
    }
risk-lead-worst =
    { $count ->
        [one] { $year } is to be expected from { $count } scenario in force; one year in twenty costs { $worst } or more, such years { $average } on average.
       *[other] { $year } is to be expected from { $count } scenarios in force; one year in twenty costs { $worst } or more, such years { $average } on average.
    }
risk-lead-beyond =
    { $count ->
        [one] More than is tolerated at { $count } point of the line.
       *[other] More than is tolerated at { $count } points of the line.
    }
risk-lead-within = That is within what is tolerated.
risk-lead-units =
    { $count ->
        [one] { $count } unit is above what it bears itself.
       *[other] { $count } units are above what they bear themselves.
    }
risk-lead-open =
    { $count ->
        [one] { $count } risk waits for a decision
       *[other] { $count } risks wait for a decision
    }
sentence = { $text }.
risk-by-scenario = Expected yearly loss by scenario, thousand { $currency }
risk-parts = The parts add up to { $amount } { $currency }.
risk-not-counted = Not counted
risk-today = Today

# Scenarios as a table.
scenarios-title = Risk scenarios
scenarios-what = What happens
scenarios-a-year = { $currency } a year
scenarios-share = Share
scenarios-any-loss = Any loss
scenarios-in-20 = 1 year in 20
scenarios-in-100 = 1 year in 100
scenarios-review = Review by

# What pages of risk share.
second-opinion = An independent simulation of { $years } years agrees: mean { $mean } { $currency }, exact { $exact }. Brackets bound the calculation, not the estimates that go into it.
risk-provenance = { $opinion } Efficacy of controls: { $priors }; to be looked at again by { $day }.
moved-performs = performs { $now } instead of { $before }
moved-open = open findings on it: { $before } then, { $now } now
moved-in-place = in place: { $before } then, { $now } now
moved-works = works { $before } of the time then, { $now } now
driver-stops = stops
driver-in-place = in place
driver-left = left by findings
driver-works = works

# What is tolerated.
worst-years = the worst { $share } of years
or-more = { $amount } or more
bad-years = Years
bad-years-begin = Begin at, { $currency } (VaR)
bracket = Bracket
bad-years-cost = Cost on average (TVaR)
bad-years-note = VaR says where the worst years begin, TVaR what they cost on average. The brackets bound the calculation.
tolerated-year = A year that costs
tolerated-may = may be this likely
tolerated-is = is this likely

# Decisions about risks.
treatment-title = What is decided
treatment-state = { $state }: { $treatment }
treatment-until = until { $day }
treatment-to-approve = for { $who } to approve
treatment-approved = approved by { $who }
treatment-up-to = holds up to { $amount } { $currency } a year
treatment-because = Open, since { $reason }.
treatment-reason = Reason given: { $reason }
treatment-approve = Approve or refuse
treatment-the-decision = The decision
treatment-ask-anew = Ask anew
treatment-ask = Ask to { $treatment }
treatment-note = A decision takes an officer who is neither the system's owner nor whoever asked. The day after its last day, or once the risk costs more than it covers, the risk is open again.

# Budget and staffing.
budget-title = Budget and staffing
budget-request = Funding request
budget-as-docx = as DOCX
budget-add = Add a budget line
budget-lines = Budget lines
budget-hours = Hours needed and hours there are
budget-hours-aside = open actions due within a year
budget-buys = What the money buys
budget-year = a year is expected to cost { $amount } { $currency }
budget-contracts = Contracts
budget-note = A forecast starts from the line's estimate and narrows with what was paid for what is done; it is never below what was paid and promised. “Spares a year” is what a year would cost less with the findings of the POA&M items closed that the lines pay for.
budget-lead-granted = { $spent } granted is paid or promised.
budget-lead-granted-more = { $spent } granted is paid or promised; { $more } more is asked for.
budget-spent-of = { $spent } of { $granted } { $currency }
budget-lead-asked = { $amount } is asked for.
budget-lead-over = { $lines } will cost more than granted.
budget-lines-count =
    { $count ->
        [one] { $count } line
       *[other] { $count } lines
    }
budget-lead-suffices = Hours suffice for what is due within a year.
budget-lead-missing =
    { $count ->
        [one] { $hours } are missing for what is due within a year, in { $count } work role.
       *[other] { $hours } are missing for what is due within a year, in { $count } work roles.
    }
hours-count =
    { $count ->
        [one] { $count } hour
       *[other] { $count } hours
    }
budget-period = Period
budget-period-asked = { $period } ({ $count } asked for)
budget-on = on { $day }
period-from-to = { $from } to { $to }
period-from = from { $from }
period-until = until { $to }
period-none = no period told
budget-unit-all = all
budget-will-cost = Will cost in the end, thousand { $currency }
budget-range-note = The line across a bar is the 90 % range.
budget-dark-note = Dark bars will cost more than was granted.
lines-what = What it pays for
lines-granted-is = Granted is
lines-amount = Amount, { $currency }
lines-paid = Paid
lines-promised = Promised
lines-free = Free
lines-will-cost = Will cost (90 % range)
benefits-for = For
benefits-by = By
benefits-spent = Spent
benefits-actions = Actions
benefits-spares = Spares a year
benefits-pays-back = Pays back in
benefits-no-action = no action named
benefits-more-than = more than 50 years
benefits-years = { $years } years
benefits-by-initiative = initiative
benefits-by-policy = policy
benefits-by-system = system
contracts-contract = Contract
contracts-supplier = Supplier
contracts-ends = Ends
contracts-notice = Notice by
contracts-a-year = A year, { $currency }
contracts-spent = Spent of it
contracts-none-told = none told
contracts-open = open
staffing-no-role = No role told
staffing-there-are-bar = there are
staffing-picture = Hours needed within a year, by work role, and hours there are
staffing-dark = Dark bars need more hours than there are.
staffing-caption = Hours by work role
staffing-role = Work role
staffing-needed = Needed
staffing-there-are = There are
staffing-missing = Missing
staffing-short-from = Short from
staffing-posts = Posts filled
staffing-vacant = Hours vacant
staffing-unknown-length = of unknown length
staffing-note = Needed: open POA&M items and tasks due within a year, by the role they name or else the first role of whoever does them. There are: hours of filled { $link }, for the days they last. Short from: the first day on which what is due by then takes more hours than there are by then.
    .link = posts

# Calibration.
calibration-title = Calibration
calibration-all = All estimates
calibration-add = Add an estimate
calibration-words = In words
intervals-title = Intervals
intervals-aside = how often they held what turned out
chances-title = Chances
chances-aside = Brier's score: 0 is best, always saying a half gives 0.25
calibration-note = The true share lies in the range of nine in ten (Clopper and Pearson). “Too few to say” stands where being off by 20 points would not have shown. Of two estimators who are both right as often as they say, the one with the narrower intervals knows more.
calibration-by-now = To be known by now
calibration-lead = { $estimates } of { $people }; { $open } are open.
calibration-lead-lines = { $estimates } of { $people }, { $lines } among them; { $open } are open.
calibration-estimates =
    { $count ->
        [one] { $count } estimate
       *[other] { $count } estimates
    }
calibration-people =
    { $count ->
        [one] { $count } person have turned out
       *[other] { $count } people have turned out
    }
calibration-lines =
    { $count ->
        [one] { $count } closed budget line
       *[other] { $count } closed budget lines
    }
calibration-overdue = { $count } should be known by now.
calibration-together = all together
calibrated-fits = fits
calibrated-narrow = too narrow
calibrated-wide = too wide
calibrated-low = too low
calibrated-high = too high
calibrated-few = too few to say
calibration-of = { $part } of { $all }
calibration-times = { $ratio } times
calibration-estimator = Estimator
intervals-sure = Said to be sure
intervals-held = Held
intervals-true-share = True share
intervals-below = Below
intervals-above = Above
intervals-high-is = High is
chances-said = Said on average
chances-came-about = Came about
chances-brier = Brier
chances-off-by = Off by (reliability)
chances-tells-apart = Tells apart (resolution)
calibration-by = by { $day }

# The editor of scenarios.
editor-new = New risk scenario
editor-estimate = Estimate “{ $title }”
editor-lead = What it would cost a year stands beside it, with the controls as they are today.
editor-no-curve = No curve yet.
editor-missing = { $none } Missing or to be mended:
editor-recorded = As it is recorded
editor-as-written = As written
editor-curve = A year of this scenario
editor-expected = { $year } is to be expected; some loss comes in { $share } of years. Without controls it would be { $bare }.
editor-more = That is { $amount } than as it is recorded.
amount-more = { $amount } more
amount-less = { $amount } less
editor-worst = The worst { $share } of years begin at { $begin } and cost { $cost } on average.

# Whether what is known decides.
known-left-out = Not answered here: with more than { $count } scenarios in force it takes longer than a page may. { $command } answers it.
known-caption = What is tolerated under what is not known
known-is = is this likely (90 %)
known-too-much = Chance of too much
known-first = To decide about { $amount } { $currency }, find out first: { $what }
known-note = Here rates with a range and what each control stops are drawn from all that they may be. An answer that is not the same over 90 % of it does not decide; then what to measure is named that would settle it in nine of ten cases, or else what tells most.
known-settles = { $what }: settles it in nine of ten cases
known-nothing-tells = no single measurement tells much
known-explains = ({ $share } of the doubt)
known-doing-nothing = doing nothing
known-work-for =
    { $count ->
        [one] { $count } piece of work for { $cost }
       *[other] { $count } pieces of work for { $cost }
    }
known-plan-better = the plan is better
known-plan-worse = the plan is worse
known-against-caption = The plan beside other choices
known-against = The plan against
known-better-by = better by, { $currency }
known-chance = Chance
known-find-out = What to find out first
known-against-note = Loss prevented in the years planned, less cost. Not known are how often scenarios are tried and how many hours unplanned work takes; losses of later years are not counted, so that work which lasts looks worse than it is.
known-decided = nothing: it is decided
known-worth = (worth { $worth }, settles { $share })

# What moved.
moved-since = Since
moved-by-cause = By cause
moved-by-scenario = By scenario
moved-note = Each day is priced with its own estimates, findings and judgements. Causes that came together share what they did fairly (Shapley), so that the amounts add up to the difference.
moved-none-in-force = No risk scenario is in force.
moved-lead-same = On { $day } a year was to cost { $before }; today it is { $now }: the sum did not move.
moved-lead = On { $day } a year was to cost { $before }; today it is { $now }, { $change }. Most was moved by { $cause }.
moved-lead-plain = On { $day } a year was to cost { $before }; today it is { $now }, { $change }.
moved-picture = From then to now, expected loss a year, { $currency }
moved-today = today
moved-in-all = In all
moved-causes-caption = What moved the sum, by cause
moved-cause = Cause
moved-change = Change
moved-caption = Scenarios by how much they moved
moved-then = Then
moved-now = Now
moved-because = Because
moved-not-in-force = not in force
moved-nothing = nothing moved

# One scenario.
scenario-record = The record
scenario-estimate = Estimate anew
scenario-curve = What a year of this scenario may cost
scenario-since = Since a month ago
scenario-in-its-way = What stands in its way
scenario-findings = What findings cost
scenario-lead = { $year } is to be expected; some loss comes in { $share } of years. Without controls it would be { $bare } { $currency }: what is in place keeps { $kept } away.
scenario-not-recorded = The system was not recorded yet a month ago.
scenario-then-same = With the controls as they stood on { $day } it would be { $then }: nothing moved.
scenario-then = With the controls as they stood on { $day } it would be { $then }: { $change } today, because
scenario-nothing = nothing
scenario-step = { $technique } — stopped by { $stopped }; noticed by { $noticed }
scenario-controls-caption = Controls in its way
scenario-control = Control
scenario-keeps-away = Keeps away, { $currency } a year
scenario-performs = Performs
scenario-stops = = stops
scenario-x-in-place = × in place
scenario-x-left = × left by findings
scenario-x-works = × works
scenario-shares-note = The amounts are fair shares (Shapley) of what all controls together keep away, and add up to it.
scenario-because = { $because }; { $open } open findings on { $targets } targets
scenario-what-if = What if it were closed
scenario-what-if-closed = What if closed
scenario-findings-caption = Findings on its controls
scenario-spares = Closing it spares, { $currency } a year
scenario-findings-lead =
    { $count ->
        [one] { $count } open finding bears on its controls. Each amount is for closing it alone; select several to see them together.
       *[other] { $count } open findings bear on its controls. Each amount is for closing it alone; select several to see them together.
    }
scenario-dearest = The dearest { $count } are shown.

# The OWASP rating and the register.
owasp-said = likelihood { $likelihood }, impact { $impact } of 9
rating-said = { $likelihood } likelihood, { $impact } impact: { $rated }
rating-risks = risks
rating-axes = Likelihood ↓  Impact →
owasp-how = How the OWASP rating follows from money
owasp-score = Score
rating-level = Level
owasp-likelihood = Likelihood: losses a year
owasp-impact = Impact: one loss costs, { $currency }
owasp-below = below { $value }
owasp-to = { $from } to { $to }
owasp-to-below = 3 to below 6
owasp-note = Scores grow with the logarithm of both figures, 3 for each step, and end at 0 and 9. The methodology's own factors (threat agent, ease of exploit, detection) are not scored one by one: the scenario's rate, steps and controls stand for them.

# Alternatives.
compare-title = Alternatives
compare-choose = Choose more work
compare-leaves = What each leaves open
compare-years = A year with each
compare-does = What each does
compare-best-for = Best for { $budget }
compare-lead-none = A year is expected to cost { $year } as things stand. Name sets of work to see them side by side.
compare-lead = A year is expected to cost { $year } as things stand; { $name } leaves least, { $left }, for { $cost }.
compare-lead-open =
    { $count ->
        [one] For { $count } pair what is known does not decide which is better.
       *[other] For { $count } pairs what is known does not decide which is better.
    }
compare-budget = What money buys best
compare-initiative = Initiative
compare-work = Pieces of work
compare-gone = ({ $count } more named close nothing that is open)
compare-loss = Expected loss of a year
compare-spared = Spared a year
compare-worst = One year in twenty, on average
compare-no-hours = ({ $count } state no hours)
compare-role-none = … of a role nobody told
compare-role = … { $role }
compare-due = Due within a year, done
compare-take-away = Take away
compare-amounts = Amounts in { $currency }
compare-nothing-done = Nothing done
compare-caption = Alternatives side by side
compare-call = Call them otherwise
compare-name-of = Name of “{ $name }”
compare-rename = Rename
compare-against = { $first } against { $second }
compare-better = { $name } is better
compare-nothing-better = nothing is better
compare-pairs = Alternatives two by two
compare-which = Which is better
compare-by = by, { $currency } a year
compare-note = Loss prevented in a year, less cost. Not known are how often scenarios are tried and how many hours unplanned work takes. Where the 90 % reach over nothing, what is known does not decide; losses of later years are not counted.
compare-footnote =
    { $count ->
        [one] Each year was computed anew with all findings of its work closed at once; the brackets bound the calculation. Costs are summed at their least and at their most. Due within a year is what a plan or the policy wants done by then, of { $count } piece of work in all.
       *[other] Each year was computed anew with all findings of its work closed at once; the brackets bound the calculation. Costs are summed at their least and at their most. Due within a year is what a plan or the policy wants done by then, of { $count } pieces of work in all.
    }
compare-choice = Choice
compare-choice-nth = Choice { $nth }
left-findings = Open findings left
left-work = Pieces of work left
left-due = Due within a year and left
left-late = { $count } late
left-more = { $count } more
left-dearest = Dearest scenarios left
left-caption = What each alternative leaves open
left-with = With
left-curve = A year with: { $name }
left-with-it = With it
left-work-told = { $system }, { $cost }, spares { $spares } alone

# The portfolio.
portfolio-title = Portfolio
portfolio-could = What could be done
portfolio-lead-none =
    { $count ->
        [one] { $count } piece of work would make a year cheaper, which is to cost { $year } as things stand. Say what can be spent to see what to do first.
       *[other] { $count } pieces of work would make a year cheaper, which is to cost { $year } as things stand. Say what can be spent to see what to do first.
    }
portfolio-lead = { $work } for { $cost } and { $hours } bring a year from { $year } down to { $after }.
portfolio-lead-years = { $work } for { $cost } and { $hours } over { $years } years bring a year from { $year } down to { $after }.
portfolio-work-of = { $chosen } of { $count } pieces of work
portfolio-money = Money a year
portfolio-hours = Hours a year
portfolio-years = Years
portfolio-lessen = Lessen
portfolio-expected = the expected loss
portfolio-worst = the worst year in twenty
portfolio-plan = Plan
portfolio-done = { $count } done
portfolio-nothing-done = nothing done
portfolio-picture = Loss that remains for what is spent, { $currency }
portfolio-picture-years = Loss that remains for what is spent over { $years } years, { $currency }
portfolio-picture-worst = Mean of the worst year in twenty that remains for what is spent, { $currency }
portfolio-picture-worst-years = Mean of the worst year in twenty that remains for what is spent over { $years } years, { $currency }
portfolio-year-planned = A year with the plan done
portfolio-planned = Planned
portfolio-next = The next { $money } { $currency } would spare another { $spares }.
portfolio-next-worst = The next { $money } { $currency } would spare another { $spares } in such a year.
portfolio-no-more = More money buys nothing more.
portfolio-no-more-hours = More money buys nothing more within these hours.
portfolio-proof = Where effects multiply, no other choice within these limits leaves less than the { $after } of this plan: that is proved.
portfolio-proof-gap = Where effects multiply, no other choice within these limits leaves { $gap } less than the { $after } of this plan: that is proved.
portfolio-proof-worst = Where effects multiply, no other choice within these limits leaves less than the { $after } that the worst year in twenty costs on average with this plan: that is proved.
portfolio-proof-worst-gap = Where effects multiply, no other choice within these limits leaves { $gap } less than the { $after } that the worst year in twenty costs on average with this plan: that is proved.
portfolio-together = Findings on one target help more together than apart, so the year above was computed anew with all of them closed.
portfolio-check = For a check, not as advice: Gordon and Loeb would not spend more than { $limit } on a loss of { $loss }.
portfolio-check-return = For a check, not as advice: each { $currency } spent spares { $return } in the years planned; Gordon and Loeb would not spend more than { $limit } on a loss of { $loss }.
portfolio-files = Proof: { $plan } and { $input }, for { $command }.
portfolio-compare = Compare alternatives
portfolio-what = What is done
portfolio-in-plan = In the plan
portfolio-cost = Cost, { $currency }
portfolio-spares = Spares a year
portfolio-compare-as = Compare as an alternative
portfolio-show-chosen = in the plan
portfolio-show-left = left out
portfolio-show-must = must be done
portfolio-show-planned = in the POA&M
portfolio-year = year { $year }
portfolio-must-be = must
portfolio-estimated = estimated from its targets
portfolio-need-not = Need not
portfolio-must = Must
portfolio-note = “Spares a year” is for each piece of work alone; the plan takes them together. Hours are those of POA&M items, else estimated from the number of targets; an hour costs { $hour } { $currency }.
portfolio-note-worth =
    { $count ->
        [one] { $count } more piece of work spares nothing that is priced: its findings bear on no control of a scenario in force.
       *[other] { $count } more pieces of work spare nothing that is priced: their findings bear on no control of a scenario in force.
    }
portfolio-note-beyond = { $count } with the least worth for their money were not put to the engine.
portfolio-budget-field = Budget

# What if.
what-if-title = What if
what-if-one = If “{ $title }” were closed
what-if-many =
    { $count ->
        [one] If { $count } finding were closed
       *[other] If { $count } findings were closed
    }
what-if-how-much = By how much
what-if-why = Why
what-if-taken = Taken as closed
what-if-none = No expected loss would change.
what-if-lead = A year would cost { $less }: { $then } instead of { $now }.
what-if-less = { $amount } { $currency } less
what-if-if-closed = If closed
what-if-organisation = The organisation
what-if-scope-organisation = all
what-if-scope-unit = unit
what-if-scope-system = system
what-if-scope-scenario = scenario
what-if-caption = Years before and after
what-if-whose = Whose year
what-if-expected = Expected now, { $currency }
what-if-spares = Spares
what-if-moved = { $control } would perform { $then } instead of { $now }: open findings on it { $open } → { $open_then }, left of its work { $left } → { $left_then }
what-if-more-controls =
    { $count ->
        [one] { $count } more control
       *[other] { $count } more controls
    }
what-if-note = Reliability stays as it was: it follows from how often findings opened in the last year and how long they stayed.
what-if-closed = Findings taken as closed
what-if-not-open =
    { $count ->
        [one] { $count } of those named is not open and changes nothing.
       *[other] { $count } of those named are not open and change nothing.
    }

# The risk register.
register-title = Risk register
register-matrix = Likelihood and impact
register-matrix-source = SP 800-30r1, Table I-2
register-owasp = The same by OWASP
register-owasp-source = Risk Rating Methodology
register-risks = Risks
register-lead = { $severe } risks are high or very high, { $moderate } moderate; { $open }, with no decision that holds. Each level follows from the scenario's money; the mapping is below.
register-severe = { $count } of { $all }
register-open =
    { $count ->
        [one] { $count } is open
       *[other] { $count } are open
    }
register-as-of = Scenarios, decisions and controls are those of that day; priors and scales are today's.
register-said = { $likelihood } likelihood, { $impact } impact: { $rated } risk
register-likelihood = Likelihood
register-losses = Losses a year
register-impact = Impact
register-one-costs = One costs, { $currency }
register-one-in =
    { $years ->
        [one] 1 in { $years } year
       *[other] 1 in { $years } years
    }
register-how = How levels follow from money
register-grade = Grade
register-likelihood-from = Likelihood: losses a year from
register-impact-from = Impact: one loss costs from, { $currency }
register-note = Likelihood: SP 800-30r1, Table G-3. Impact: { $file } of this store. Level: Table I-2 of both. Two scenarios of one level may differ tenfold in money, which is why the queue ranks by money.
