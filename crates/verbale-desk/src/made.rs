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
    making: Option<(Instant, Waits)>,
    asked: Option<Instant>,
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
                let (began, waits) = kept.making.get_or_insert_with(|| {
                    let (told, waits) = watch::channel(None);
                    let (pages, key, tag) = (self.clone(), key.to_owned(), tag.to_owned());
                    let (again, make) = (old.is_some(), make.clone());
                    let waiting = if again {
                        Waiting::Nobody
                    } else {
                        Waiting::Reader
                    };
                    tokio::spawn(pages.make(key, tag, move || make(waiting), told, again));
                    (Instant::now(), waits)
                });
                (*began, waits.clone(), old)
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
                Ok(page) if page.tag != tag && !self.may_stand_in(&page, tag) => {}
                outcome => return outcome,
            }
        }
    }

    fn may_stand_in(&self, page: &Made, tag: &str) -> bool {
        let held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        held.slow.is_some_and(|at| at.elapsed() < A_WHILE) && page.stands_in(tag)
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
        self.keep(&key, &outcome);
        told.send_replace(Some(outcome));
        if again && took > SLOW {
            tokio::time::sleep(took).await;
        }
    }

    fn keep(&self, key: &str, outcome: &Outcome) {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
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
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    fn block<T>(work: impl Future<Output = T>) -> T {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build();
        runtime.unwrap().block_on(work)
    }

    fn made(tag: &str, took: u64) -> Made {
        Made {
            tag: tag.into(),
            media: "text/plain",
            body: Bytes::new(),
            next: None,
            took: Duration::from_millis(took),
            at: Instant::now(),
            rests: Instant::now(),
        }
    }

    #[test]
    fn a_page_is_made_once_for_all_readers_and_again_for_another_store() {
        let times = Arc::new(AtomicUsize::new(0));
        let pages = Arc::new(Pages::default());
        let counted = times.clone();
        let make = move |_| {
            std::thread::sleep(Duration::from_millis(20));
            let time = counted.fetch_add(1, Ordering::SeqCst);
            Ok(Answer::of("text/plain", format!("page {time}")))
        };
        block(async {
            let mut readers = tokio::task::JoinSet::new();
            for _ in 0..50 {
                let (pages, make) = (pages.clone(), make.clone());
                readers
                    .spawn(async move { pages.get("/", "1-a", make).await.unwrap().body.clone() });
            }
            let bodies = readers.join_all().await;
            assert!(bodies.iter().all(|body| body == "page 0"), "{bodies:?}");
            assert_eq!(
                pages.get("/", "2-a", make.clone()).await.unwrap().body,
                "page 1"
            );
            assert_eq!(
                pages.get("/other", "2-a", make).await.unwrap().body,
                "page 2"
            );
        });
        assert_eq!(times.load(Ordering::SeqCst), 3);
    }

    #[test]
    fn a_failure_is_told_and_not_kept() {
        let pages = Arc::new(Pages::default());
        let fails = |_| Err(Problem::missing("there is nothing here"));
        let works = |_| Ok(Answer::of("text/plain", "something".into()));
        block(async {
            assert!(pages.get("/", "1-a", fails).await.is_err());
            assert!(pages.get("/", "1-a", works).await.is_ok());
            let breaks = |_| -> Result<Answer, Problem> { panic!("a page that breaks") };
            assert!(pages.get("/other", "1-a", breaks).await.is_err());
        });
    }

    #[test]
    fn only_a_page_of_the_same_decisions_stands_in() {
        assert!(made("7-run-aa-style", 300).stands_in("8-run-aa-style"));
        assert!(!made("7-run-aa-style", 300).stands_in("8-run-bb-style"));
        assert!(!made("7-run-aa-style", 300).stands_in("8-other-aa-style"));
    }

    #[test]
    fn where_pages_are_slow_an_old_one_stands_in_and_the_new_one_follows() {
        let pages = Arc::new(Pages::default());
        let page = |text: &'static str, takes: Duration| {
            move |_| {
                std::thread::sleep(takes);
                Ok(Answer::of("text/plain", text.into()))
            }
        };
        let slow = Duration::from_millis(250);
        block(async {
            let get = |tag: &'static str, text: &'static str| {
                let pages = pages.clone();
                async move {
                    pages
                        .get("/", tag, page(text, slow))
                        .await
                        .unwrap()
                        .body
                        .clone()
                }
            };
            assert_eq!(get("1-aa", "before").await, "before");
            assert_eq!(get("2-aa", "after").await, "before", "only texts came in");
            assert_eq!(
                get("2-bb", "decided").await,
                "decided",
                "a decision is never behind"
            );
        });
    }
}
