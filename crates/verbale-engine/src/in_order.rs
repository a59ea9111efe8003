//! Many things at once, answers in order, and only so many in flight.

use std::any::Any;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::{Mutex, PoisonError, mpsc};

/// So many items a thread may be ahead of the slowest: bounds memory.
const AHEAD: usize = 4;

/// Works on items on `threads` threads and hands the answers to `take` in the order of the items. Items are asked for as
/// they are needed. A panic of `work` comes out here; an error of `take` ends it all.
pub fn in_order<I: Send, O: Send, E>(
    threads: usize,
    items: impl Iterator<Item = I>,
    work: impl Fn(I) -> O + Sync,
    mut take: impl FnMut(O) -> Result<(), E>,
) -> Result<(), E> {
    type Answer<O> = (usize, Result<O, Box<dyn Any + Send>>);
    let window = AHEAD * threads;
    let (jobs, queue) = mpsc::sync_channel::<(usize, I)>(window);
    let queue = Mutex::new(queue);
    let next_job = || {
        let queue = queue.lock().unwrap_or_else(PoisonError::into_inner);
        queue.recv().ok()
    };
    std::thread::scope(|scope| {
        let (done, answers) = mpsc::channel::<Answer<O>>();
        for _ in 0..threads {
            let (done, next_job, work) = (done.clone(), &next_job, &work);
            scope.spawn(move || {
                while let Some((index, item)) = next_job() {
                    let answer = catch_unwind(AssertUnwindSafe(|| work(item)));
                    if done.send((index, answer)).is_err() {
                        break;
                    }
                }
            });
        }
        // Dropped at the end of this closure, whatever way it ends: the threads then find the queue closed.
        let jobs = jobs;
        let mut items = items.fuse();
        let mut early = BTreeMap::new();
        let (mut sent, mut taken) = (0, 0);
        loop {
            while sent < taken + window
                && let Some(item) = items.next()
            {
                jobs.send((sent, item)).expect("the threads wait for items");
                sent += 1;
            }
            if taken == sent {
                return Ok(());
            }
            let (index, answer) = answers.recv().expect("the threads have an item to answer");
            early.insert(index, answer);
            while let Some(answer) = early.remove(&taken) {
                taken += 1;
                take(answer.unwrap_or_else(|panic| resume_unwind(panic)))?;
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn answers_come_in_order_and_items_are_not_hoarded() {
        let mut taken = Vec::new();
        let slow_first = |item: u64| {
            std::thread::sleep(Duration::from_micros(200 * (item % 7)));
            item * 2
        };
        in_order(3, 0..100, slow_first, |answer| {
            taken.push(answer);
            Ok::<_, ()>(())
        })
        .unwrap();
        assert_eq!(taken, (0..100).map(|item| item * 2).collect::<Vec<_>>());
    }

    #[test]
    fn an_error_ends_it() {
        let asked = std::cell::Cell::new(0);
        let items = (0..).inspect(|_| asked.set(asked.get() + 1));
        let result = in_order(
            2,
            items,
            |item: usize| item,
            |item| {
                if item == 5 { Err("enough") } else { Ok(()) }
            },
        );
        assert_eq!(result, Err("enough"));
        assert!(asked.get() <= 6 + AHEAD * 2, "{}", asked.get());
    }
}
