//! Work on many inputs side by side, with the results handed over in the order of the inputs and
//! without ever holding more than a window of them.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, PoisonError, mpsc};

/// How far a worker may run ahead of the input that is still under way, per worker.
const WINDOW_PER_WORKER: usize = 16;

/// Runs `work` on every input with `workers` threads, or on the calling one where one is enough, and calls
/// `emit` on the calling thread, in the order of the inputs. When `emit` answers false, no further input
/// is begun.
pub fn in_order<I, T>(
    inputs: &[I],
    workers: NonZeroUsize,
    work: impl Fn(&I) -> T + Sync,
    mut emit: impl FnMut(&I, T) -> bool,
) where
    I: Sync,
    T: Send,
{
    let workers = workers.get().min(inputs.len().max(1));
    if workers == 1 {
        // With nobody beside it, a worker would only be woken and waited for.
        for input in inputs {
            if !emit(input, work(input)) {
                return;
            }
        }
        return;
    }
    let window = workers * WINDOW_PER_WORKER;
    let next = AtomicUsize::new(0);
    let stopped = AtomicBool::new(false);
    let emitted = Gate::default();
    std::thread::scope(|scope| {
        let (sender, results) = mpsc::channel();
        for _ in 0..workers {
            let (sender, next, stopped, emitted, work) = (sender.clone(), &next, &stopped, &emitted, &work);
            scope.spawn(move || {
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Some(input) = inputs.get(index) else { break };
                    emitted.wait_until(index.saturating_sub(window), stopped);
                    if stopped.load(Ordering::Relaxed) || sender.send((index, work(input))).is_err() {
                        break;
                    }
                }
            });
        }
        drop(sender);
        let mut waiting = BTreeMap::new();
        let mut due = 0;
        for (index, result) in results {
            waiting.insert(index, result);
            while let Some(result) = waiting.remove(&due) {
                let Some(input) = inputs.get(due) else { break };
                if !stopped.load(Ordering::Relaxed) && !emit(input, result) {
                    stopped.store(true, Ordering::Relaxed);
                }
                due += 1;
                emitted.advance(due);
            }
        }
    });
}

/// How many results have been handed over.
#[derive(Default)]
struct Gate {
    count: Mutex<usize>,
    moved: Condvar,
}

impl Gate {
    fn advance(&self, count: usize) {
        *self.count.lock().unwrap_or_else(PoisonError::into_inner) = count;
        self.moved.notify_all();
    }

    fn wait_until(&self, count: usize, stopped: &AtomicBool) {
        let mut held = self.count.lock().unwrap_or_else(PoisonError::into_inner);
        while *held < count && !stopped.load(Ordering::Relaxed) {
            held = self.moved.wait(held).unwrap_or_else(PoisonError::into_inner);
        }
    }
}
