# Words of the pages in English: Watch: sources, advisories, releases.

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
