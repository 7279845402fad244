//! The hub's blocking work inside the simulation's time.
//!
//! The store and the blobs do their work on threads of their own. If such a thread woke a task whenever it was done,
//! two requests of the same moment would go on in an order that no seed decides. So the work of a request is driven
//! here: whatever it hands to a thread goes to one that takes one thing after the other, and is waited for before the
//! simulation goes on. To the simulation a transaction takes no time, and then a few milliseconds of its own choosing,
//! in which the hub may die: what was committed stays, and nobody was told.

use std::cell::Cell;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::task::{Context, Poll, Wake, Waker};

use tokio::runtime::{Builder, Runtime};
use tokio::time::sleep;
use zizhi_testkit::dice::Dice;

use crate::stage::Stage;

/// How often in a thousand the hub dies after a piece of work, in rough times.
const DEATHS_IN_THOUSAND: u64 = 4;

/// Who does the hub's blocking work.
pub struct Disk {
    runtime: Runtime,
    dice: Dice,
    stage: Rc<Stage>,
}

impl Disk {
    pub fn new(dice: Dice, stage: Rc<Stage>) -> Self {
        // One thread: what is handed to it is done in that order.
        let runtime = Builder::new_current_thread().max_blocking_threads(1).build().expect("a runtime");
        Self { runtime, dice, stage }
    }

    /// Does `work`. Its first step may do nothing that blocks: what it begins there, such as the limit of a request's
    /// time, belongs to the simulation's clock.
    pub async fn run<T>(&self, work: impl Future<Output = T>) -> T {
        let mut work = pin!(work);
        let (wakes, begun) = (Arc::new(Wakes::default()), Cell::new(false));
        let waker = Waker::from(Arc::clone(&wakes));
        loop {
            let came = poll_fn(|outer| {
                wakes.enter(outer.waker());
                let gate = self.gate();
                let inner = &mut Context::from_waker(&waker);
                let polled = if begun.replace(true) {
                    let _context = self.runtime.enter();
                    work.as_mut().poll(inner)
                } else {
                    work.as_mut().poll(inner)
                };
                drop(gate);
                self.settle();
                match (polled, wakes.leave()) {
                    (Poll::Ready(done), _) => Poll::Ready(Some(done)),
                    (Poll::Pending, true) => Poll::Ready(None),
                    (Poll::Pending, false) => Poll::Pending,
                }
            })
            .await;
            match came {
                Some(done) => return done,
                None => self.moment().await,
            }
        }
    }

    /// Has the thread wait until this is dropped: nothing is done before the step that asks for it has ended.
    fn gate(&self) -> mpsc::Sender<()> {
        let (gate, waits) = mpsc::channel();
        self.runtime.spawn_blocking(move || waits.recv());
        gate
    }

    /// Waits until everything is done that was handed over.
    fn settle(&self) {
        let (done, waits) = mpsc::channel();
        self.runtime.spawn_blocking(move || done.send(()));
        waits.recv().expect("the thread takes one thing after the other");
    }

    /// What a step of the work takes.
    async fn moment(&self) {
        if self.stage.rough.get() && self.dice.below(1000) < DEATHS_IN_THOUSAND {
            self.stage.fall("hub").await;
        }
        let slow = self.stage.rough.get() && self.dice.percent(3);
        sleep(self.dice.time_below(if slow { 400 } else { 4 })).await;
    }
}

/// Tells what woke the work: something inside its own step, which is seen there, or something later, which is passed
/// on.
#[derive(Default)]
struct Wakes {
    inside: AtomicBool,
    woken: AtomicBool,
    outer: Mutex<Option<Waker>>,
}

impl Wakes {
    fn enter(&self, outer: &Waker) {
        *self.outer.lock().unwrap_or_else(PoisonError::into_inner) = Some(outer.clone());
        self.woken.store(false, Ordering::SeqCst);
        self.inside.store(true, Ordering::SeqCst);
    }

    /// Whether the work was woken inside.
    fn leave(&self) -> bool {
        self.inside.store(false, Ordering::SeqCst);
        self.woken.load(Ordering::SeqCst)
    }
}

impl Wake for Wakes {
    fn wake(self: Arc<Self>) {
        self.woken.store(true, Ordering::SeqCst);
        if self.inside.load(Ordering::SeqCst) {
            return;
        }
        let outer = self.outer.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(outer) = outer {
            outer.wake();
        }
    }
}
