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
