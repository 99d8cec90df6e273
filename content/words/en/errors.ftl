# Words of the pages in English: what is told of errors.

error-to-queue = To the queue
error-not-found = There is no { $what } `{ $name }` here
    .text = Check the identifier and your role.
error-denied = You may not do this
    .text = Ask an officer of the unit for the role.
error-invalid = What was sent does not fit
    .text = Correct the named fields and send it again.
error-refused = This cannot be done as things stand
    .text = The message says what must change first.
error-sign-in = You are not signed in
    .text = Sign in with an account of this store.
error-unreadable = The file could not be read
    .text = Correct the file and import it again.
error-not-made = The document could not be made
    .text = Change what the message names and ask again.
error-conflict = Somebody else changed it meanwhile
    .text = Load the newest version and make the change again.
error-internal = Something went wrong on the server
    .text = Nothing was changed. The server's log has the details.
error-too-large = What was sent is too large
    .text = A form takes 4 MB, an import 1 GB. Send it in several parts.
error-malformed = The address or the form could not be read
    .text = Go back, load the page again and send it once more.
error-stale = This form is from an earlier session
    .text = Nothing was changed. Load the page again and send it once more.
error-foreign = This form was sent from another site
    .text = Nothing was changed. Open the page here and send its own form.
error-method = This address is not a page
    .text = It takes a form. Open the page that the form stands on.
error-no-day = “{ $day }” is no day
    .text = Days are written 2026-11-23.
error-no-amount = { $field }: “{ $amount }” is no amount
    .text = Give a number such as 50000.
error-too-many = { $count } findings are named in the address
    .text = Name at most { $most }.
error-upload-unread = The upload could not be read ({ $reason })
    .text = Nothing was imported. Send it again.
error-table-gone = This table waited too long
    .text = Nothing was written. Send it again.
error-file-gone = This file is no longer kept
    .text = Choose it again.
error-rehearsal-gone = The files of this rehearsal are no longer kept
    .text = Choose them again.

upload-no-file = There was no file, or only empty ones
    .text = Choose at least one.
upload-too-large = The files are larger than 1 GB together; send them in several parts
upload-too-many = There are more than { $most } files; send them in several parts
upload-field-too-long = A field of the form is too long
not-imported = Not imported
import-stopped = It was stopped before it was read; nothing of it was written
    .text = Import it again.
import-not-allowed = You may not import here

form-to-mend =
    { $count ->
        [one] One thing to mend
       *[other] { $count } things to mend
    }
table-refused = { $file } was not brought in
    .text =
        { $count ->
            [one] Mend what is named below and send it again; nothing has been written.
           *[other] Mend what is named below and send it again; nothing has been written.
        }
nothing-written = Nothing was written.
nothing-changed = Nothing was changed
nothing-changed-below = Nothing was changed; see below.
system-not-made = The system was not made yet; see below.
note-needs-words = A note needs words.
note-not-kept = The note cannot be kept
select-rows-first = Select the rows it concerns first.
select-of-one-system = The selected rows belong to several systems; a task or a plan belongs to one.
select-not-programme = Deficiencies of the programme are assigned, not planned: plans belong to systems.
select-what-to-do = Choose what to do with the selected rows.

conflict-meanwhile = Somebody else changed it meanwhile
conflict-what-now = Nothing was saved. The form below holds what you wrote; saving it now takes the place of the newer version.
conflict-same = Both say the same.
conflict-field = Field
conflict-theirs = In the record now
conflict-mine = What you wrote
conflict-not-set = not set
