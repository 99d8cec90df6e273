# Words of the pages in English: what each check finds. The checks say it themselves (`crates/analysis/src/checks`); the files
# of other languages stand in their place.
