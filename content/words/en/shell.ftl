# Words of the pages in English: the shell.
#
# A message is a name and what it says. The parts of an empty place are `text` (what belongs here) and `first` and
# `second` (the words on the ways to fill it); the part `text` of an error says what to do. Names in braces are put in
# by the program. Another language is another folder with the same names: docs/languages.md.

-none-fit = Nothing matches these filters

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
shell-above = Above
