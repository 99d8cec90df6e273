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

# Sources.
watch-title = Sources of evidence
watch-tool = Tool
watch-last = Last look
watch-until = Speaks until
watch-at = { $tool } at { $system }
watch-the-organisation = The organisation
watch-policy =
    { $days ->
        [one] policy asks for one every day
       *[other] policy asks for one every { $days } days
    }
age-silent = Silent
age-stale = Too old
age-ageing = Due soon
age-fresh = Fresh
watch-lead = { $sources }.{ $without }
watch-lead-longest = { $sources }; the longest is { $tool } at { $system }, { $age }.{ $without }
watch-all-speak = Every source that ever spoke still does
watch-silent-and-stale = { $silent } and { $stale } of { $count }
watch-silent =
    { $count ->
        [one] { $count } source is silent
       *[other] { $count } sources are silent
    }
watch-stale = { $count } too old
watch-without =
    { $count ->
        [0] {""}
        [one] {" "}{ $count } system has no evidence at all.
       *[other] {" "}{ $count } systems have no evidence at all.
    }

# What pages of releases and advisories say in the same words.
feed-none = { $none } An officer puts them in force: { $command }
feed-none-in-force = No advisories are in force, so nothing is assessed.
feed-by = Judged by { $name } of { $made } ({ $age }){ $newest }; { $count } advisories, { $signed }.
feed-newest = ; its newest entry is of { $day } ({ $age })
feed-no-day = ; none of its entries says of when it is
feed-unsigned = no signature verified
feed-signed = signature of { $who } verified
feed-stale = Over { $days } days old, so not assessed any more: { $names }.
release-exploited = exploited
release-likelihood = { $share } likely to be exploited within 30 days (EPSS)
way-out-later-than = later than { $version }
way-out-none = no safe version is known
verdict-safe = Safe to ship
verdict-not-assessed = Not assessed
verdict-held = Held back
standing-hit = hit
standing-not-affected = not affected
standing-without = without it
standing-not-assessed = not assessed
standing-absent = the package is not in it
decision-decided = Decided
decision-reopened = Reopened

# Releases.
releases-title = Releases
releases-import = Import a bill
releases-lead-none = No bill of materials names a release yet.
releases-lead =
    { $count ->
        [one] { $held } would not be shipped today: { $vulnerabilities } to deal with, { $parts } not assessed.
       *[other] { $held } would not be shipped today: { $vulnerabilities } to deal with, { $parts } not assessed.
    }
releases-held-of =
    { $count ->
        [one] { $held } of { $count } release in use
       *[other] { $held } of { $count } releases in use
    }
releases-made = Made
releases-verdict = Verdict
releases-worst = Worst
releases-not-assessed = Not assessed
releases-of-parts =
    { $count ->
        [one] of { $count } part
       *[other] of { $count } parts
    }
releases-timeline = Timeline
releases-in-use = in use
releases-newest = newest
releases-newest-why = No component record says which release is in use
releases-earlier-too = Earlier releases too
releases-shown = Shown
more-in-files = and { $count } more:

# A component over its releases.
line-title = Releases of { $component }
line-compare = Compare releases
line-newest-first = Releases, newest first
line-over = Vulnerabilities over the releases
line-lead =
    { $count ->
        [one] { $releases } of { $system }{ $current }.
       *[other] { $releases } of { $system }{ $current }.
    }
line-count =
    { $count ->
        [one] { $count } release
       *[other] { $count } releases
    }
line-current = { $version } is in use, with { $vulnerabilities } to deal with
line-current-newest = { $version } is the newest, with { $vulnerabilities } to deal with
line-longest = The longest open is there since the release of { $when }.
line-picture = To deal with in each release
line-new = New
line-gone = Gone
line-brought-in = Brought in
line-removed = Removed
line-first = first

# The life of vulnerabilities.
lives-open = Not fixed
lives-fixed = Fixed since
lives-brought = Brought in by
lives-fixed-in = Fixed in
lives-last =
    { $all ->
        [one] The last { $count } releases are shown; the figures are of { $all }.
       *[other] The last { $count } releases are shown; the figures are of all { $all }.
    }
lives-perhaps = perhaps { $version }
lives-cannot-tell = cannot be told
lives-none-yet = none yet
lives-back-in = back in { $versions }

# Two releases side by side.
changes-introduced = Brought in
changes-fixed = Fixed
changes-still = Still there
changes-unknown = Cannot be told
changes-change = Change
changes-in-the-later = In the later
changes-in = { $id } in { $package }
changes-vulnerabilities = Vulnerabilities
changes-what-it-is = What it is
changes-not-there = not there
changes-same = The same packages in the same versions.
compare-releases-changes = What it changes
compare-releases-unassessed = Not assessed in the later
compare-releases-packages = Packages that differ
compare-releases-title = { $component }: { $from } and { $to }
compare-releases-lead = From { $from } to { $to }: { $changes }, { $still } still there; { $packages }.
compare-releases-lead-unknown = From { $from } to { $to }: { $changes }, { $still } still there, { $unknown } of which nothing can be told; { $packages }.
compare-releases-in-and-out = { $vulnerabilities } brought in, { $fixed } fixed
compare-releases-package-count =
    { $count ->
        [one] { $count } package differs
       *[other] { $count } packages differ
    }
compare-releases-from = From
compare-releases-to = to
compare-releases-button = Compare

# One release.
release-safe-question = Safe to ship?
release-steps = Smallest safe steps
release-what-hits = What hits it
release-beside = Advisories and scanners
release-by-both = { $count } told of by both
release-set-aside = What statements set aside
release-notices = Notices
release-known-by = What it is known by
release-lead = { $verdict }: of { $parts } { $hit } hit, { $clear } not affected, { $unknown } not assessed.
release-lead-safe = { $safe } by the policy in force
release-is-safe = It is safe to ship
release-hold =
    { $count ->
        [one] { $count } vulnerability holds it back
       *[other] { $count } vulnerabilities hold it back
    }
release-not-wholly = Nothing is known against it, but it is not wholly assessed
release-decisions =
    { $count ->
        [one] { $count } decision sets aside what would hold it.
       *[other] { $count } decisions set aside what would hold it.
    }
release-the-newest = The newest release is { $version }.
release-compare-with = Compare with { $version }
release-nothing-holds = Nothing holds it back.
release-more-below = and { $count } more, all of them below
release-but-for = Would hold it back, but for a decision:
release-cleared = { $id } in { $package }: { $status }, says { $document }
release-notice = { $id } { $package }: { $notice }
release-notice-word = notice
release-use = Use
release-not-in-use = not the one in use
release-bills = Bills of materials
release-bill-of = { $file } of { $when }
release-older-bills =
    { $count ->
        [one] { $count } older bill of the same
       *[other] { $count } older bills of the same
    }
found-not-rated = Not rated
found-no-fix = no fix known
found-decide = Decide
steps-step = Step
steps-ends = Ends
steps-leaves = Leaves open
beside-none = No scanner reports packages of what is in use.
beside-looked = { $tool } looked { $when }
beside-same = They do not differ.
beside-only = Only told of by
beside-likely = Likely right
beside-the-advisories = the advisories
beside-the-scanner = the scanner
beside-advisories = advisories
unassessed-parts = { $parts }: { $because } ({ $such })

# Advisories.
advisories-title = Advisories
advisories-decisions = Decisions
advisories-vulnerability = Vulnerability
advisories-id = Id of a vulnerability
advisories-placeholder = CVE, GHSA or another id
advisories-who = Who of ours is hit?
advisories-caption = Vulnerabilities that hit releases in use
advisories-lead-none = No release is in use as far as Warrant knows, so nothing can be hit.
advisories-lead = { $hits }; of { $parts } in { $releases } { $unknown }.
advisories-lead-exploited = { $hits }, { $exploited }; of { $parts } in { $releases } { $unknown }.
advisories-hits =
    { $count ->
        [one] { $count } vulnerability hits releases in use
       *[other] { $count } vulnerabilities hit releases in use
    }
advisories-exploited =
    { $count ->
        [one] { $count } of them known to be exploited
       *[other] { $count } of them known to be exploited
    }
advisories-unknown =
    { $count ->
        [one] { $count } could not be assessed
       *[other] { $count } could not be assessed
    }
advisories-in-use = In use
advisories-releases =
    { $count ->
        [one] { $count } release
       *[other] { $count } releases
    }
advisories-decided = { $count } decided
advisories-mended-in = The package is mended in { $version }
advisories-no-release = no release
advisories-facet-exploited = Exploited
advisories-known-to-be = Known to be
load-summary = Put advisories in force
load-accepts = A bundle, or OSV, RustSec, CVE 5, KEV, EPSS, CSAF, OpenVEX and CycloneDX VEX files; they take the place of what is in force
advisory-who = Who of ours is hit
advisory-known = What is known of it
advisory-not-assessed = { $not }: no advisories are in force.
advisory-not-told = { $not }: the advisories in force do not tell of it.
advisory-not = Not assessed
advisory-withdrawn = It was withdrawn and does not count.
advisory-hit =
    { $count ->
        [one] { $count } component in use is hit
       *[other] { $count } components in use are hit
    }
advisory-nobody-known = Nobody is known to be hit
advisory-nobody = Nobody is hit
advisory-open =
    { $count ->
        [one] of { $count } component it cannot be told
       *[other] of { $count } components it cannot be told
    }
advisory-earlier =
    { $count ->
        [one] { $count } component had it in an earlier release
       *[other] { $count } components had it in an earlier release
    }
advisory-in-use-and-others = In use, and others
advisory-step = Smallest safe step
advisory-without =
    { $count ->
        [one] { $count } other component holds none of its packages.
       *[other] { $count } other components hold none of its packages.
    }
advisory-unidentified =
    { $count ->
        [one] { $count } part of these could not be identified and bears another name.
       *[other] { $count } parts of these could not be identified and bear other names.
    }
advisory-of = { $component } of { $system }
advisory-never = never as far as is known
advisory-no-release-yet = no release yet
advisory-ids = Ids
advisory-known-since = known since { $day }
advisory-not-known = not known to be
advisory-in-30-days = Exploitation in 30 days
advisory-published = Published
advisory-modified = Last changed
advisory-affected = Affected package
advisory-versions = Versions with a fix
advisory-none-named = none named
advisory-more-packages = and { $count } more packages
