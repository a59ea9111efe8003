//! Pages that were made are kept until the store changes, and one page is made once, however many readers ask for it.
//!
//! While texts come in the store changes all the time, and a page of a large store takes a moment to make. Where pages are
//! slow to make, a page from before those texts stands in, with its own ETag: at once if it was slow itself, else when the
//! new one is not there after [`STAND_IN`]. The new one is made behind the readers' backs. A person's decision is never
//! behind: only pages of the same decisions, program and data stand in.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::body::Bytes;
use axum::http::StatusCode;
use tokio::sync::{Semaphore, watch};
use tokio::time::timeout;

use crate::answer::{Answer, Content, Waiting};
use crate::problem::Problem;

/// How long a new page may take before an old one stands in.
const STAND_IN: Duration = Duration::from_millis(100);

/// A page that takes longer to make than this is slow; while the last of them is younger than [`A_WHILE`], so is the desk.
const SLOW: Duration = Duration::from_millis(100);

/// How long a desk is slow after a slow page, and what a slow page is made of may stand in.
pub const A_WHILE: Duration = Duration::from_secs(60);

/// How many times longer than it took to make, a page is left as it is while only texts come in.
const REST: u32 = 8;

/// How long it is left at most.
const LONGEST_REST: Duration = Duration::from_secs(20);

/// Bytes of pages that are kept.
const MOST: usize = 64 * 1024 * 1024;

/// Pages that are made at once: making is arithmetic, and more than the processors can do helps nobody.
const AT_ONCE: usize = 2;

/// Pages made at once for which an old one stands in: they must not keep those waiting for which there is none. After each of
/// them there is as long a pause, so that half of a processor is theirs at most.
const AGAIN_AT_ONCE: usize = 1;

/// A page as it is sent.
#[derive(Debug)]
pub struct Made {
    /// Its ETag, without quotes: store version, then program, data, decisions and style, with hyphens between.
    pub tag: String,
    /// Media type.
    pub media: &'static str,
    /// The body.
    pub body: Bytes,
    /// Address of the next page of a listing.
    pub next: Option<String>,
    took: Duration,
    at: Instant,
    rests: Instant,
}

impl Made {
    /// Whether only texts have come in since it was made.
    fn stands_in(&self, tag: &str) -> bool {
        only_texts_since(&self.tag, tag)
    }

    /// Whether it is too young to be made again.
    fn rests(&self) -> bool {
        self.rests > Instant::now()
    }

    /// How long a new one is waited for.
    fn patience(&self) -> Duration {
        if self.took > SLOW {
            Duration::ZERO
        } else {
            STAND_IN
        }
    }
}

/// Whether only texts have come in between two tags or versions.
pub fn only_texts_since(before: &str, now: &str) -> bool {
    let but_store = |tag: &str| tag.split_once('-').map(|(_, rest)| rest.to_owned());
    but_store(before) == but_store(now)
}

/// Until when what took so long to make, until now, is too young to be made again.
pub fn rest(took: Duration) -> Instant {
    let rest = (took * REST).min(LONGEST_REST);
    Instant::now() + if took > SLOW { rest } else { Duration::ZERO }
}

type Outcome = Result<Arc<Made>, Problem>;
type Waits = watch::Receiver<Option<Outcome>>;

/// The pages of a desk.
#[derive(Debug)]
pub struct Pages {
    held: Mutex<Held>,
    makers: Semaphore,
    makers_again: Semaphore,
}

#[derive(Debug, Default)]
struct Held {
    pages: HashMap<String, Kept>,
    bytes: usize,
    slow: Option<Instant>,
}

#[derive(Debug, Default)]
struct Kept {
    page: Option<Arc<Made>>,
    making: Option<Making>,
    asked: Option<Instant>,
}

/// A page that is being made.
#[derive(Debug)]
struct Making {
    began: Instant,
    waits: Waits,
    /// While an old one stands in.
    again: bool,
}

impl Default for Pages {
    fn default() -> Self {
        Pages {
            held: Mutex::default(),
            makers: Semaphore::new(AT_ONCE),
            makers_again: Semaphore::new(AGAIN_AT_ONCE),
        }
    }
}

impl Pages {
    /// The page of an address with this tag: one that is kept, or a new one. `make` blocks, runs on a thread that may, and is
    /// told who waits for it.
    pub async fn get(
        self: &Arc<Self>,
        key: &str,
        tag: &str,
        make: impl Fn(Waiting) -> Result<Answer, Problem> + Clone + Send + 'static,
    ) -> Outcome {
        let came = Instant::now();
        loop {
            let (began, mut waits, old) = {
                let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
                let slow = held.slow.is_some_and(|at| at.elapsed() < A_WHILE);
                let kept = held.pages.entry(key.to_owned()).or_default();
                kept.asked = Some(Instant::now());
                if let Some(page) = kept.page.as_ref().filter(|page| page.tag == tag) {
                    return Ok(page.clone());
                }
                let old = kept.page.clone().filter(|page| slow && page.stands_in(tag));
                if let Some(old) = old.as_ref().filter(|page| page.rests()) {
                    return Ok(old.clone());
                }
                // After a decision nothing stands in: what is made without haste is not waited for.
                if old.is_none() && kept.making.as_ref().is_some_and(|making| making.again) {
                    kept.making = None;
                }
                let making = kept.making.get_or_insert_with(|| {
                    let (told, waits) = watch::channel(None);
                    let (pages, key, tag) = (self.clone(), key.to_owned(), tag.to_owned());
                    let (again, make) = (old.is_some(), make.clone());
                    let waiting = if again {
                        Waiting::Nobody
                    } else {
                        Waiting::Reader
                    };
                    tokio::spawn(pages.make(key, tag, move || make(waiting), told, again));
                    Making {
                        began: Instant::now(),
                        waits,
                        again,
                    }
                });
                (making.began, making.waits.clone(), old)
            };
            let ready = async {
                let outcome = waits.wait_for(Option::is_some).await;
                outcome
                    .map_or(None, |outcome| outcome.clone())
                    .unwrap_or_else(failed)
            };
            let outcome = match old {
                Some(old) => {
                    let left = old.patience().saturating_sub(began.elapsed());
                    match timeout(left, ready).await {
                        Ok(outcome) => outcome,
                        Err(_) => return Ok(old),
                    }
                }
                None => ready.await,
            };
            match outcome {
                // Somebody asked for the page before the store changed: it is asked for again.
                Ok(page) if page.tag != tag && !self.may_stand_in(&page, tag, began >= came) => {}
                outcome => return outcome,
            }
        }
    }

    /// Where pages are slow, or the page was made `since` it was asked for: then it is as new as it gets.
    fn may_stand_in(&self, page: &Made, tag: &str, since: bool) -> bool {
        let held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let slow = held.slow.is_some_and(|at| at.elapsed() < A_WHILE);
        (slow || since) && page.stands_in(tag)
    }

    async fn make(
        self: Arc<Self>,
        key: String,
        tag: String,
        make: impl FnOnce() -> Result<Answer, Problem> + Send + 'static,
        told: watch::Sender<Option<Outcome>>,
        again: bool,
    ) {
        let makers = if again {
            &self.makers_again
        } else {
            &self.makers
        };
        let _turn = makers.acquire().await;
        let began = Instant::now();
        let answer = tokio::task::spawn_blocking(make).await;
        let outcome = match answer {
            Ok(Ok(Answer {
                media,
                body: Content::Text(text),
                next,
                tag: own,
                rests,
                ..
            })) => Ok(Arc::new(Made {
                tag: own.unwrap_or(tag),
                media,
                body: text.into(),
                next,
                took: began.elapsed(),
                at: Instant::now(),
                // What it is made of would be the same.
                rests: rest(began.elapsed()).max(rests.unwrap_or(began)),
            })),
            Ok(Err(problem)) => Err(problem),
            Ok(Ok(_)) | Err(_) => failed(),
        };
        let took = began.elapsed();
        self.keep(&key, &outcome, &told.subscribe());
        told.send_replace(Some(outcome));
        if again && took > SLOW {
            tokio::time::sleep(took).await;
        }
    }

    fn keep(&self, key: &str, outcome: &Outcome, told: &Waits) {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let making = held.pages.get(key).and_then(|kept| kept.making.as_ref());
        if !making.is_some_and(|making| making.waits.same_channel(told)) {
            // Another one has been begun since, and is newer.
            return;
        }
        let Ok(page) = outcome else {
            held.bytes -= held.pages.remove(key).map_or(0, |kept| kept.bytes());
            return;
        };
        if page.took > SLOW {
            held.slow = Some(page.at);
        }
        if held.bytes + page.body.len() > MOST {
            held.leave_half();
        }
        let kept = held.pages.entry(key.to_owned()).or_default();
        let before = kept.bytes();
        kept.making = None;
        kept.page = Some(page.clone());
        held.bytes = held.bytes - before + page.body.len();
    }
}

impl Held {
    /// Lets go of those pages that nobody has asked for the longest.
    fn leave_half(&mut self) {
        let mut asked: Vec<Option<Instant>> = self.pages.values().map(|kept| kept.asked).collect();
        asked.sort_unstable();
        let middle = asked.get(asked.len() / 2).copied().flatten();
        self.pages
            .retain(|_, kept| kept.making.is_some() || kept.asked > middle);
        self.bytes = self.pages.values().map(Kept::bytes).sum();
    }
}

impl Kept {
    fn bytes(&self) -> usize {
        self.page.as_ref().map_or(0, |page| page.body.len())
    }
}

fn failed() -> Outcome {
    Err(Problem::new(
        StatusCode::INTERNAL_SERVER_ERROR,
        "this page failed; the server goes on",
    ))
}

#[cfg(test)]
mod tests;
