//! Whom the engine picks: "from each pool those with the fewest booked minutes on that local day, then in the order
//! of the pool; listed in the order of the needs" (product.md, section 7).

use super::{
    model::ResourceIx,
    needs::{Demand, Matching},
};

/// Those who serve, given how many units of each are available; `None` when the needs cannot be met. The pools of
/// `ranked` are in the order of preference. Where two needs want the same unit, the earlier need has the first choice,
/// as far as the later ones can still be met.
pub(super) fn pick(ranked: &Demand, available: impl Fn(usize) -> usize) -> Option<Vec<ResourceIx>> {
    if ranked.is_disjoint() {
        return first_of_each(ranked, available);
    }
    let mut matching = Matching::new(ranked, available);
    if !matching.is_met() {
        return None;
    }
    let mut picked = Vec::new();
    for (need, pool) in ranked.needs.iter().enumerate() {
        let chosen = pool.members.iter().filter(|member| matching.settle(**member, need)).take(pool.count);
        picked.extend(chosen.map(|member| ResourceIx(*member)));
    }
    Some(picked)
}

/// Where no resource is in two pools, no need stands in the way of another.
fn first_of_each(ranked: &Demand, available: impl Fn(usize) -> usize) -> Option<Vec<ResourceIx>> {
    let mut picked = Vec::new();
    for pool in &ranked.needs {
        let before = picked.len();
        let chosen = pool.members.iter().filter(|member| available(**member) > 0).take(pool.count);
        picked.extend(chosen.map(|member| ResourceIx(*member)));
        if picked.len() - before < pool.count {
            return None;
        }
    }
    (!picked.is_empty()).then_some(picked)
}
