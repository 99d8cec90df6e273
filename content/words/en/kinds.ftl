# Words of the pages in English: kinds of record, their fields and states.
