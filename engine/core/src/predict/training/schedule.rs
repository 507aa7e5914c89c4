//! Pipelines whose schedule has no closed form, played through operation by operation.
//!
//! The schedules are those of controllable memory (Qi et al. 2024): chunks of layers lie on the
//! stages in the shape of a V, down and up again, and every micro-batch repeats one block of six
//! operations per stage. How far apart the block's operations are decides the memory; what they
//! wait for at both ends is the bubble, and where they are close together, every transfer. The published
//! blocks were searched for each depth; here an operation takes the next free slot, which holds
//! somewhat more activations.

use super::job::Schedule;
use crate::written::Write;

/// What is played: a step's pipeline.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pipeline {
    /// The schedule; only those without a closed form are played.
    pub schedule: Schedule,
    /// Stages.
    pub stages: u32,
    /// Micro-batches of a step.
    pub micro_batches: f64,
    /// Work of a stage for one micro-batch, forward and backward, over both of its chunks, s.
    pub work: f64,
    /// A transfer between neighbours, s.
    pub transfer: f64,
}

/// What was seen.
#[derive(Debug, Clone, Copy, PartialEq, Default, Write)]
pub struct Played {
    /// From the first operation to the last, s.
    pub seconds: f64,
    /// Most activations that a stage holds, in those of one micro-batch on all of its layers.
    pub held: f64,
}

/// Plays a pipeline; `None` where its schedule has a closed form, or it is too deep to play.
/// Only the first micro-batches are: after them each takes as long as the one before.
pub fn play(pipeline: &Pipeline) -> Option<Played> {
    let (down, up) = distances(pipeline.schedule)?;
    let stages = pipeline.stages as usize;
    if !(2..=DEEPEST).contains(&stages) {
        return None;
    }
    let block = Block::new(stages, down, up);
    let all = pipeline.micro_batches.max(1.0);
    let some = |count: usize| block.play(count, pipeline.work / BLOCK, pipeline.transfer);
    let (short, long) = (2 * stages, 3 * stages);
    if all <= long as f64 {
        return Some(some(all as usize));
    }
    let (before, after) = (some(short), some(long));
    let each = (after.seconds - before.seconds) / (long - short) as f64;
    Some(Played {
        seconds: after.seconds + (all - long as f64) * each,
        held: after.held,
    })
}

/// A pipeline deeper than this is not played.
const DEEPEST: usize = 64;
/// Operations of a block on a stage: forward, gradients of inputs and of weights, of two chunks.
const BLOCK: f64 = 6.0;

/// Slots between the operations of neighbouring stages: on the way down and on the way up.
fn distances(schedule: Schedule) -> Option<(usize, usize)> {
    match schedule {
        Schedule::VHalf => Some((2, 1)),
        Schedule::VMin => Some((1, 1)),
        Schedule::OneForwardOneBackward | Schedule::ZeroBubble | Schedule::ZeroBubbleV => None,
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Forward,
    Input,
    Weight,
}

/// The operations of one micro-batch on a stage: when, what, and for which chunk of the model.
struct Block {
    stages: usize,
    /// By stage, in the order of their slots.
    operations: Vec<Vec<(usize, Kind, usize)>>,
}

impl Block {
    /// Places the operations of a micro-batch one after the other, each in the next slot that no
    /// other micro-batch will want.
    fn new(stages: usize, down: usize, up: usize) -> Self {
        let chunks = 2 * stages;
        let mut block = Self {
            stages,
            operations: vec![Vec::new(); stages],
        };
        let mut at = 0;
        for chunk in 0..chunks {
            at += match chunk {
                0 => 0,
                _ if chunk == stages => 1,
                _ if chunk < stages => down,
                _ => up,
            };
            at = block.place(at, Kind::Forward, chunk);
        }
        let mut inputs = Vec::with_capacity(chunks);
        for chunk in (0..chunks).rev() {
            at += match chunk {
                _ if chunk + 1 == chunks || chunk + 1 == stages => 1,
                _ if chunk >= stages => up,
                _ => down,
            };
            at = block.place(at, Kind::Input, chunk);
            inputs.push((chunk, at));
        }
        for (chunk, at) in inputs {
            block.place(at + 1, Kind::Weight, chunk);
        }
        for operations in &mut block.operations {
            operations.sort_by_key(|(at, _, chunk)| (*at, *chunk));
        }
        block
    }

    fn stage(&self, chunk: usize) -> usize {
        chunk.min(2 * self.stages - 1 - chunk)
    }

    fn place(&mut self, from: usize, kind: Kind, chunk: usize) -> usize {
        let stage = self.stage(chunk);
        let period = BLOCK as usize;
        let Some(own) = self.operations.get_mut(stage) else {
            return from;
        };
        let taken = |at: usize| own.iter().any(|(slot, _, _)| slot % period == at % period);
        let at = (from..from + period).find(|at| !taken(*at)).unwrap_or(from);
        own.push((at, kind, chunk));
        at
    }

    /// Every stage does its operations in the order of their slots, each as soon as it can.
    fn play(&self, micro_batches: usize, operation: f64, transfer: f64) -> Played {
        let chunks = 2 * self.stages;
        let period = BLOCK as usize;
        let orders: Vec<Vec<(usize, Kind, usize, usize)>> = self
            .operations
            .iter()
            .map(|own| {
                let mut order: Vec<_> = (0..micro_batches)
                    .flat_map(|batch| {
                        own.iter().map(move |(at, kind, chunk)| {
                            (at + period * batch, *kind, *chunk, batch)
                        })
                    })
                    .collect();
                order.sort_by_key(|(at, ..)| *at);
                order
            })
            .collect();
        let mut forward = vec![vec![f64::NAN; micro_batches]; chunks];
        let mut input = forward.clone();
        let mut next = vec![0; self.stages];
        let mut free = vec![0.0_f64; self.stages];
        let mut held = vec![0_i64; self.stages];
        let (mut seconds, mut most) = (0.0_f64, 0_i64);
        loop {
            let mut moved = false;
            for (stage, order) in orders.iter().enumerate() {
                let (Some(next), Some(free), Some(held)) = (
                    next.get_mut(stage),
                    free.get_mut(stage),
                    held.get_mut(stage),
                ) else {
                    continue;
                };
                while let Some((_, kind, chunk, batch)) = order.get(*next) {
                    let of = |times: &Vec<Vec<f64>>, chunk: usize| {
                        times.get(chunk).and_then(|row| row.get(*batch)).copied()
                    };
                    let sent = |from: usize| {
                        if self.stage(from) == stage {
                            0.0
                        } else {
                            transfer
                        }
                    };
                    let ready = match kind {
                        Kind::Forward if *chunk == 0 => Some(0.0),
                        Kind::Forward => of(&forward, chunk - 1).map(|at| at + sent(chunk - 1)),
                        Kind::Input if chunk + 1 == chunks => of(&forward, *chunk),
                        Kind::Input => of(&input, chunk + 1).map(|at| at + sent(chunk + 1)),
                        Kind::Weight => of(&input, *chunk),
                    };
                    let Some(ready) = ready.filter(|at| !at.is_nan()) else {
                        break;
                    };
                    let end = ready.max(*free) + operation;
                    *free = end;
                    seconds = seconds.max(end);
                    let times = match kind {
                        Kind::Forward => {
                            *held += 1;
                            most = most.max(*held);
                            &mut forward
                        }
                        Kind::Input => &mut input,
                        Kind::Weight => {
                            *held -= 1;
                            *next += 1;
                            moved = true;
                            continue;
                        }
                    };
                    if let Some(time) = times.get_mut(*chunk).and_then(|row| row.get_mut(*batch)) {
                        *time = end;
                    }
                    *next += 1;
                    moved = true;
                }
            }
            if !moved {
                return Played {
                    seconds,
                    held: most as f64 / 2.0,
                };
            }
        }
    }
}
