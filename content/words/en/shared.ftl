# Words of the pages in English: what pages share: tables, forms, charts, figures and names of columns.
