# Words of the pages in English: kinds of record. The kinds say them themselves (`crates/model/src/kinds`); the files of other
# languages stand in their place.
