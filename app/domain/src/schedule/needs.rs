//! Whether those at hand can serve all needs: "that many different resources of the pool, one unit each" (api.md,
//! section 2), "and no unit serves two needs of one booking" (product.md, section 7). That is a matching between units
//! and needs. It is kept at its greatest while units come and go, so that a sweep through a month of bookings does not
//! begin anew at each of them.

use super::model::Service;

/// What a service asks for, with resources by position. Every position is below the number of resources.
#[derive(Clone)]
pub(super) struct Demand {
    pub(super) needs: Vec<Pool>,
    resources: usize,
    /// All that are in a pool, each once.
    members: Vec<usize>,
    /// By resource: how many units of it could be of use, one a need that has it in its pool.
    useful: Vec<usize>,
}

/// One need.
#[derive(Clone)]
pub(super) struct Pool {
    /// In the order in which they are preferred, each once.
    pub(super) members: Vec<usize>,
    /// How many of them it takes.
    pub(super) count: usize,
}

impl Demand {
    /// The needs of a service of a business with so many resources.
    pub(super) fn new(service: &Service, resources: usize) -> Self {
        let pool = |need: &super::Need| {
            let mut seen = vec![false; resources];
            let mut members: Vec<usize> = need.pool.iter().map(|resource| resource.0).collect();
            members.retain(|member| seen.get_mut(*member).is_some_and(|seen| !std::mem::replace(seen, true)));
            Pool { members, count: need.count }
        };
        Self::of(service.needs.iter().map(pool).collect(), resources)
    }

    fn of(needs: Vec<Pool>, resources: usize) -> Self {
        let mut useful = vec![0; resources];
        let mut is_member = vec![false; resources];
        for pool in &needs {
            for &member in &pool.members {
                is_member[member] = true;
                useful[member] += usize::from(pool.count > 0);
            }
        }
        let members = (0..resources).filter(|resource| is_member[*resource]).collect();
        Self { needs, resources, members, useful }
    }

    /// The same needs, each pool with those in front who come first by `key`; the equal keep their order.
    pub(super) fn ranked<K: Ord>(&self, key: impl Fn(usize) -> K) -> Self {
        let mut ranked = self.clone();
        ranked.needs.iter_mut().for_each(|pool| pool.members.sort_by_key(|member| key(*member)));
        ranked
    }

    /// All that are in a pool, each once.
    pub(super) fn members(&self) -> &[usize] {
        &self.members
    }

    /// How many units of a resource could be of use: one a need that has it in its pool.
    pub(super) fn useful(&self, resource: usize) -> usize {
        self.useful[resource]
    }

    /// Whether no resource is in two pools. Then each need can be looked at on its own.
    pub(super) fn is_disjoint(&self) -> bool {
        self.members.len() == self.needs.iter().map(|pool| pool.members.len()).sum::<usize>()
    }
}

/// Who serves which need. The number of seats filled is always the greatest that those at hand allow.
pub(super) struct Matching<'a> {
    demand: &'a Demand,
    /// By resource: how many units of it are at hand.
    at_hand: Vec<usize>,
    /// By resource: the needs it serves, each by another unit.
    serves: Vec<Vec<usize>>,
    /// By resource: the needs that it serves for good.
    settled: Vec<Vec<usize>>,
    /// By need: how many seats are not filled.
    missing: Vec<usize>,
}

impl<'a> Matching<'a> {
    /// The matching of those that are at hand.
    pub(super) fn new(demand: &'a Demand, at_hand: impl Fn(usize) -> usize) -> Self {
        let mut matching = Self {
            demand,
            at_hand: (0..demand.resources).map(at_hand).collect(),
            serves: vec![Vec::new(); demand.resources],
            settled: vec![Vec::new(); demand.resources],
            missing: demand.needs.iter().map(|pool| pool.count).collect(),
        };
        for need in 0..demand.needs.len() {
            while matching.missing[need] > 0 && matching.fill(need) {
                matching.missing[need] -= 1;
            }
        }
        matching
    }

    /// Whether every seat is filled. With no seat at all nothing would be held, which is not a booking.
    pub(super) fn is_met(&self) -> bool {
        self.missing.iter().all(|missing| *missing == 0) && self.demand.needs.iter().any(|pool| pool.count > 0)
    }

    /// A unit comes to hand.
    pub(super) fn arrive(&mut self, resource: usize) {
        self.at_hand[resource] += 1;
        // One more unit fills one more seat at most.
        let filled = (0..self.missing.len()).find(|need| self.missing[*need] > 0 && self.fill(*need));
        if let Some(need) = filled {
            self.missing[need] -= 1;
        }
    }

    /// A unit is no longer at hand. If it served, another may take its place.
    pub(super) fn leave(&mut self, resource: usize) {
        self.at_hand[resource] = self.at_hand[resource].saturating_sub(1);
        if self.serves[resource].len() > self.at_hand[resource]
            && let Some(need) = self.serves[resource].pop()
            && !self.fill(need)
        {
            self.missing[need] += 1;
        }
    }

    /// Settles for good that `resource`, of the pool of `need`, serves it, if all seats stay filled that way. The unit
    /// that is settled is no longer at hand.
    pub(super) fn settle(&mut self, resource: usize, need: usize) -> bool {
        if self.at_hand[resource] == 0 || self.settled[resource].contains(&need) {
            return false;
        }
        if let Some(place) = self.serves[resource].iter().position(|served| *served == need) {
            self.serves[resource].swap_remove(place);
            self.hand_out(resource, need);
            return true;
        }
        // Somebody else gives up the seat.
        let members = &self.demand.needs[need].members;
        let Some(&other) = members.iter().find(|member| self.serves[**member].contains(&need)) else { return false };
        self.serves[other].retain(|served| *served != need);
        self.hand_out(resource, need);
        if self.serves[resource].len() <= self.at_hand[resource] {
            return true;
        }
        // All its units serve: one of the needs must find another.
        for place in 0..self.serves[resource].len() {
            let left = self.serves[resource].remove(place);
            if self.fill(left) {
                return true;
            }
            self.serves[resource].insert(place, left);
        }
        self.at_hand[resource] += 1;
        self.settled[resource].pop();
        self.serves[other].push(need);
        false
    }

    fn hand_out(&mut self, resource: usize, need: usize) {
        self.at_hand[resource] -= 1;
        self.settled[resource].push(need);
    }

    /// The needs to blame, in their order: those short of a resource, and those that could give them one if they
    /// were not short themselves then.
    pub(super) fn short(&self) -> Vec<usize> {
        let mut short = Vec::new();
        for need in (0..self.missing.len()).filter(|need| self.missing[*need] > 0) {
            let Err(reached) = self.path(need) else { continue };
            short.extend(reached);
        }
        short.sort_unstable();
        short.dedup();
        short
    }

    /// Fills one more seat of a need, by passing resources from need to need if it must be. Changes nothing when
    /// that cannot be done.
    fn fill(&mut self, need: usize) -> bool {
        let Ok(path) = self.path(need) else { return false };
        for step in path {
            let serves = &mut self.serves[step.resource];
            if let Some(left) = step.leaves {
                serves.retain(|served| *served != left);
            }
            serves.push(step.takes);
        }
        true
    }

    /// Who has to serve which need so that `root` gets one more and no other gets fewer; else all needs that were
    /// looked at in vain. Resources of one need are alike here, so the search goes from need to need.
    fn path(&self, root: usize) -> Result<Vec<Step>, Vec<usize>> {
        // By need: who could be taken from it, and for which need.
        let mut way: Vec<Option<(usize, usize)>> = vec![None; self.missing.len()];
        let mut reached = vec![root];
        let mut next = 0;
        while let Some(&need) = reached.get(next) {
            next += 1;
            for &member in &self.demand.needs[need].members {
                let serves = &self.serves[member];
                if self.at_hand[member] == 0 || serves.contains(&need) || self.settled[member].contains(&need) {
                    continue;
                }
                if serves.len() < self.at_hand[member] {
                    let mut path = vec![Step { resource: member, leaves: None, takes: need }];
                    let mut need = need;
                    while let Some((given, receiver)) = way[need] {
                        path.push(Step { resource: given, leaves: Some(need), takes: receiver });
                        need = receiver;
                    }
                    return Ok(path);
                }
                for &other in serves {
                    if other != root && way[other].is_none() {
                        way[other] = Some((member, need));
                        reached.push(other);
                    }
                }
            }
        }
        Err(reached)
    }
}

/// One change on the way to one more seat filled.
struct Step {
    resource: usize,
    leaves: Option<usize>,
    takes: usize,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn demand(resources: usize, needs: &[(&[usize], usize)]) -> Demand {
        let pool = |&(members, count): &(&[usize], usize)| Pool { members: members.to_vec(), count };
        Demand::of(needs.iter().map(pool).collect(), resources)
    }

    #[test]
    fn no_resource_serves_two_needs() {
        for (resources, needs, met) in [
            (2, &[(&[0, 1][..], 1)][..], true),
            (2, &[(&[0, 1], 2)], true),
            (2, &[(&[0, 1], 3)], false),
            (2, &[(&[0, 1], usize::MAX)], false),
            (2, &[(&[0, 1], 1), (&[0], 1)], true),
            (1, &[(&[0], 1), (&[0], 1)], false),
            (4, &[(&[0, 1, 2], 2), (&[0, 1], 1), (&[2, 3], 1)], true),
            (3, &[(&[0, 1, 2], 2), (&[0, 1], 1), (&[2], 1)], false),
            (1, &[(&[0], 1), (&[], 0)], true),
            (1, &[(&[0], 1), (&[], 1)], false),
            (1, &[(&[0], 0)], false),
            (1, &[], false),
        ] {
            assert_eq!(Matching::new(&demand(resources, needs), |_| 1).is_met(), met, "{needs:?}");
        }
    }

    #[test]
    fn resources_come_and_go() {
        let demand = demand(4, &[(&[0, 1, 2], 2), (&[0, 3], 1)]);
        let mut matching = Matching::new(&demand, |_| 0);
        let mut steps = Vec::new();
        for (arrives, resource) in
            [(true, 0), (true, 1), (true, 2), (true, 3), (false, 0), (false, 2), (true, 0), (false, 3)]
        {
            if arrives {
                matching.arrive(resource)
            } else {
                matching.leave(resource)
            }
            steps.push(matching.is_met());
        }
        assert_eq!(steps, [false, false, true, true, true, false, true, false]);
    }

    #[test]
    fn units_of_one_resource_serve_several_needs_and_one_need_takes_different_resources() {
        for (units, needs, met) in [
            (2, &[(&[0][..], 1), (&[0][..], 1)][..], true),
            (1, &[(&[0], 1), (&[0], 1)], false),
            (2, &[(&[0], 2)], false),
            (2, &[(&[0], 1), (&[0], 1), (&[0], 1)], false),
            (3, &[(&[0], 1), (&[0], 1), (&[0], 1)], true),
        ] {
            assert_eq!(Matching::new(&demand(1, needs), |_| units).is_met(), met, "{units} {needs:?}");
        }
        // Both units of the first serve; a third need finds the second resource only if one of them moves over.
        let demand = demand(2, &[(&[0, 1], 1), (&[0], 1), (&[0], 1)]);
        let mut matching = Matching::new(&demand, |resource| if resource == 0 { 2 } else { 1 });
        assert!(matching.is_met() && !matching.settle(0, 0) && matching.settle(1, 0));
    }

    #[test]
    fn settled_only_where_the_rest_still_fits() {
        let demand = demand(2, &[(&[0, 1], 1), (&[0], 1)]);
        let mut matching = Matching::new(&demand, |_| 1);
        assert!(!matching.settle(0, 0), "the second need has no other");
        assert!(matching.settle(1, 0) && matching.settle(0, 1));
        assert!(!matching.settle(0, 1), "settled already");
    }

    #[test]
    fn who_is_to_blame() {
        let demand = demand(4, &[(&[0, 1], 1), (&[1], 1), (&[2, 3], 2), (&[0, 2, 3], 1)]);
        assert_eq!(Matching::new(&demand, |_| 1).short(), [0, 1, 2, 3]);
        assert_eq!(Matching::new(&demand, |r| usize::from(r < 2)).short(), [0, 1, 2, 3]);
        assert_eq!(Matching::new(&demand, |r| usize::from(r >= 2)).short(), [0, 1, 2, 3]);
        let apart = self::demand(3, &[(&[0], 1), (&[1, 2], 1)]);
        assert_eq!(Matching::new(&apart, |r| usize::from(r > 0)).short(), [0]);
        assert_eq!(Matching::new(&apart, |r| usize::from(r == 0)).short(), [1]);
        assert_eq!(Matching::new(&apart, |_| 1).short(), [] as [usize; 0]);
    }
}
