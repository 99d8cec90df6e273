//! Advisory feeds of every format: read, put into a database, asked.

#![no_main]

use libfuzzer_sys::fuzz_target;
use warrant_advisory::database::Database;
use warrant_advisory::feed::Feed;
use warrant_advisory::formats::{Limits, read};
use warrant_advisory::judge::{Component, Context, Question};

fuzz_target!(|bytes: &[u8]| {
    let mut feed = Feed::default();
    if !read("fuzz", bytes, Limits { bytes: 1 << 20 }, &mut feed) {
        return;
    }
    let asked: Vec<Component> = feed
        .advisories
        .iter()
        .flat_map(|advisory| &advisory.affected)
        .take(20)
        .map(|affected| Component {
            ecosystem: Some(affected.ecosystem.clone()),
            name: affected.name.clone(),
            version: Some("1.0.0".into()),
            purl: None,
        })
        .collect();
    let database = Database::new(feed);
    let question = Question { now: jiff::Timestamp::UNIX_EPOCH, max_age_days: Some(1) };
    for component in &asked {
        let _ = database.judge(component, question, &Context::default()).because();
    }
});
