use crate::plans::cost;
use crate::worst_years::heavy;
use warrant_risk::{Limits, Objective, plan, verify};
#[test]
fn scratch() {
    for (n, share, level, seed) in [(14,0.3,0.95,1),(20,0.3,0.95,1),(20,0.3,0.95,2),(20,0.15,0.99,3),(20,0.5,0.9,4),(30,0.3,0.95,5),(40,0.3,0.95,6),(50,0.3,0.95,7),(40,0.1,0.95,8),(50,0.15,0.99,9)] {
        let file = heavy(n, seed, 3);
        let limits = Limits { objective: Objective::Tvar(level), cases: 4000, ..Limits::of(share * cost(&file)) };
        let at = std::time::Instant::now();
        let found = plan(&file, &limits).unwrap();
        let took = at.elapsed();
        let ok = verify(&found, &file);
        println!("{n} {share} {level} gap {:.4} cases {} in {took:?} verify {ok:?} {:?} bound {} before {} ale {}", found.gap(), found.proof.len(), at.elapsed(), found.bound/found.after.high, found.before.high/found.after.high, found.ale_after/found.ale_before);
    }
}
