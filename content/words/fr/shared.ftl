# Words of the pages in French: what pages share: tables, forms, charts, figures and names of columns. The names are those of the English file; terms: shell.ftl.
