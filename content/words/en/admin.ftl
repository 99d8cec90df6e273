# Words of the pages: administration beyond accounts: tokens for programs, backups, jobs, catalogues.

admin-tab-people = People
admin-tab-tokens = Tokens

# Tokens for programs.
token-title = Tokens for programs
token-about = A program sends { $header } to { $address } and acts for you there: no further than your roles and the limits of its token.
token-none-own = No program has a token of yours.
token-new = Make a token…
token-name-example = Nightly import of scans
token-may = May do
token-as-owner = all that its owner may
token-as-role = what { $role }s may
token-as-owner-in = all that its owner may, in { $unit }
token-as-role-in = what { $role }s may, in { $unit }
token-everywhere = wherever its owner may
token-last-day = Last day
token-last-used = Last used
token-help = It is shown once. Roles taken away from you are taken away from it. Other people never use it: each makes their own.
token-make = Make the token
token-make-own = Make one of your own
token-made = The token { $name } is shown only now: put it where the program keeps its secrets.
token-works = Works
token-expired = Over
token-ended = Ended
token-ended-by = by { $who }
token-end = End
token-end-question = End { $name }?
token-end-follows = Programs that use it are refused from now on. It does not come back: a new one has to be made.
token-lead =
    { $count ->
        [0] No token works.
        [one] { $count } token works; { $unused } never used.
       *[other] { $count } tokens work; { $unused } never used.
    }
tokens-none = No program has a token
    .text = Whoever wants a program to use the REST API makes a token under their account. What it may do never goes beyond their own roles.
    .first = Make one of your own
    .second = The REST API
tokens-none-fit = { -none-fit }
    .first = All tokens
ledger-through = { $who }, a program with the token { $token }

# Backups.
admin-tab-backups = Backups
backup-never = No backup was ever made.
backup-last = The last backup was made { $age }
backup-last-verified = and verified { $age }.
backup-last-unverified = and was never verified: nobody knows whether it could be put back.
backup-last-wrong =
    { $count ->
        [one] and its check found { $count } problem: make another.
       *[other] and its check found { $count } problems: make another.
    }
backup-verified = Verified
backup-not-verified = Not verified
backup-wrong = Damaged
backup-problems =
    { $count ->
        [one] { $count } problem
       *[other] { $count } problems
    }
backup-made = Made
backup-by = By
backup-where = Where
backup-size = Size
backup-written = Written anew
backup-changes = Changes
backup-key = Key
backup-with-key = in it
backup-without-key = kept apart
backup-make = Make a backup now
backup-under-way = A backup is being made
backup-phase-rows = Copying the rows
backup-phase-files = Copying evidence and ledger
backup-phase-checking = Reading it again and verifying it
backup-failed = The last backup was not made:
backup-not-here = This server was not told of a folder for backups, so none can be made from here. Start it with one, or make them with the command:
backup-key-apart = Backups made from here do not hold the key that signs the ledger. Keep a copy of ledger.key apart: nothing is put back without it.
backups-none = No backup was ever made
    .text = What is lost with this disk would be lost for good: evidence, decisions and the ledger that proves them. Backups made by other means are not known here.
backups-none-fit = { -none-fit }
    .first = All backups

# Jobs.
admin-tab-jobs = Jobs
job-lead =
    { $count ->
        [0] Nothing is under way; { $all } since the server started.
        [one] { $count } job is under way; { $all } since the server started.
       *[other] { $count } jobs are under way; { $all } since the server started.
    }
job-sort-import = Import
job-sort-edit = Many records
job-sort-backup = Backup
job-under-way = Under way
job-done = Done
job-partly = Partly refused
job-failed = Failed
job-by-server = the program
job-import =
    { $count ->
        [one] Import of { $file }
       *[other] Import of { $count } files
    }
job-rehearsal =
    { $count ->
        [one] Rehearsal of { $file }
       *[other] Rehearsal of { $count } files
    }
job-import-note = { $done } of { $all } read, { $refused } refused
job-edit-note =
    { $count ->
        [one] { $count } record changed
       *[other] { $count } records changed
    }
job-backup = Backup of the store
job-note = What came of it
jobs-none = Nothing was started since the server was
    .text = Imports, changes to many records and backups are listed here while they run and after, until the server stops. What they did is in the ledger for good.
    .first = Import
    .second = Backups
jobs-none-fit = { -none-fit }
    .first = All jobs
upkeep-title = What the server does by itself
upkeep-not-yet = not since it started
upkeep-ledger-title = Ledger
upkeep-ledger =
    { $count ->
        [0] { $published } changes, all under a signed checkpoint
       *[other] { $published } changes under a signed checkpoint, { $count } waiting
    }
upkeep-integrated = Ledger brought up to date
upkeep-looked = Postures looked through
upkeep-renewed-title = Postures renewed by time alone
upkeep-renewed =
    { $count ->
        [one] { $count } at { $at }
       *[other] { $count } at { $at }
    }
upkeep-none-renewed = none since it started
upkeep-next = Next posture that time overtakes
upkeep-none-due = none
upkeep-judged = Releases judged
upkeep-advisories-title = Advisories
upkeep-advisories = { $name }, put in force at { $at } by { $who }
upkeep-problem = Last failure

# Catalogues.
admin-tab-catalogues = Catalogues
catalogues-lead =
    { $count ->
        [one] { $count } framework is built in; { $baselines } can be a system’s baseline.
       *[other] { $count } frameworks are built in; { $baselines } can be a system’s baseline.
    }
catalogue-name = Name
catalogue-identifiers = identifiers only
catalogue-statements = Statements
catalogue-use = Use here
catalogue-is-baseline = Baseline
catalogue-source = Source of baselines
catalogue-reference = For reference
catalogue-not-here = not a baseline
catalogue-crosswalks = Crosswalks
catalogue-from = Published by { $publisher }; facts from: { $source }
catalogue-besides = Advisories and readers
catalogue-readers = Readers of formats
catalogue-reader-count = { $count } formats are read.
catalogue-own =
    { $count ->
        [one] { $count } mapping is this store’s own.
       *[other] { $count } mappings are this store’s own.
    }
catalogue-no-own = None is this store’s own.
catalogues-none-fit = { -none-fit }
    .first = All frameworks
