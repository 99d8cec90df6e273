# Words of the pages in French: kinds of record, their fields and states. The names are those of the English file; terms: shell.ftl.
