//! Pages that were made are kept until the store changes, and one page is made once, however many readers ask for it.
//!
//! While texts come in the store changes all the time, and a page of a large store takes a moment to make. A reader waits for
//! the new page for [`STAND_IN`]; then a page from before those texts may stand in, with its own ETag, if pages of this address
//! are slow to make. A person's decision is never behind: only pages of the same decisions, program and data stand in.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::body::Bytes;
use axum::http::StatusCode;
use tokio::sync::{Semaphore, watch};
use tokio::time::timeout;

use crate::answer::{Answer, Content};
use crate::problem::Problem;

/// How long a reader waits for a new page while there is an old one.
const STAND_IN: Duration = Duration::from_millis(200);

/// A page that takes longer to make than this is slow.
const SLOW: Duration = Duration::from_millis(100);

/// Bytes of pages that are kept.
const MOST: usize = 64 * 1024 * 1024;

/// Pages that are made at once: making is arithmetic, and more than the processors can do helps nobody.
const AT_ONCE: usize = 2;

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
}

impl Made {
    /// Whether it may be shown where a page of this tag is not there yet.
    fn stands_in(&self, tag: &str) -> bool {
        let but_version = |tag: &str| tag.split_once('-').map(|(_, rest)| rest.to_owned());
        self.took > SLOW && but_version(&self.tag) == but_version(tag)
    }
}

type Outcome = Result<Arc<Made>, Problem>;
type Waits = watch::Receiver<Option<Outcome>>;

/// The pages of a desk.
#[derive(Debug)]
pub struct Pages {
    held: Mutex<Held>,
    makers: Semaphore,
}

#[derive(Debug, Default)]
struct Held {
    pages: HashMap<String, Kept>,
    bytes: usize,
}

#[derive(Debug, Default)]
struct Kept {
    page: Option<Arc<Made>>,
    making: Option<Waits>,
}

impl Default for Pages {
    fn default() -> Self {
        Pages {
            held: Mutex::default(),
            makers: Semaphore::new(AT_ONCE),
        }
    }
}

impl Pages {
    /// The page of an address with this tag: one that is kept, or a new one. `make` blocks and runs on a thread that may.
    pub async fn get(
        self: &Arc<Self>,
        key: &str,
        tag: &str,
        make: impl Fn() -> Result<Answer, Problem> + Clone + Send + 'static,
    ) -> Outcome {
        loop {
            let (mut waits, old) = {
                let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
                let kept = held.pages.entry(key.to_owned()).or_default();
                if let Some(page) = kept.page.as_ref().filter(|page| page.tag == tag) {
                    return Ok(page.clone());
                }
                let old = kept.page.clone().filter(|page| page.stands_in(tag));
                let waits = match &kept.making {
                    Some(waits) => waits.clone(),
                    None => {
                        let (told, waits) = watch::channel(None);
                        kept.making = Some(waits.clone());
                        let (pages, key, tag) = (self.clone(), key.to_owned(), tag.to_owned());
                        tokio::spawn(pages.make(key, tag, make.clone(), told));
                        waits
                    }
                };
                (waits, old)
            };
            let ready = async {
                let outcome = waits.wait_for(Option::is_some).await;
                outcome
                    .map_or(None, |outcome| outcome.clone())
                    .unwrap_or_else(failed)
            };
            let outcome = match old {
                Some(old) => timeout(STAND_IN, ready).await.unwrap_or(Ok(old)),
                None => ready.await,
            };
            match outcome {
                // Somebody asked for the page before the store changed: it is asked for again.
                Ok(page) if page.tag != tag && !page.stands_in(tag) => {}
                outcome => return outcome,
            }
        }
    }

    async fn make(
        self: Arc<Self>,
        key: String,
        tag: String,
        make: impl FnOnce() -> Result<Answer, Problem> + Send + 'static,
        told: watch::Sender<Option<Outcome>>,
    ) {
        let _turn = self.makers.acquire().await;
        let began = Instant::now();
        let answer = tokio::task::spawn_blocking(make).await;
        let outcome = match answer {
            Ok(Ok(Answer {
                media,
                body: Content::Text(text),
                next,
                ..
            })) => Ok(Arc::new(Made {
                tag,
                media,
                body: text.into(),
                next,
                took: began.elapsed(),
            })),
            Ok(Err(problem)) => Err(problem),
            Ok(Ok(_)) | Err(_) => failed(),
        };
        self.keep(&key, &outcome);
        told.send_replace(Some(outcome));
    }

    fn keep(&self, key: &str, outcome: &Outcome) {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let Ok(page) = outcome else {
            held.bytes -= held.pages.remove(key).map_or(0, |kept| kept.bytes());
            return;
        };
        if held.bytes + page.body.len() > MOST {
            held.pages.retain(|_, kept| kept.making.is_some());
            held.bytes = held.pages.values().map(Kept::bytes).sum();
        }
        let kept = held.pages.entry(key.to_owned()).or_default();
        let before = kept.bytes();
        kept.making = None;
        kept.page = Some(page.clone());
        held.bytes = held.bytes - before + page.body.len();
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
        }
    }

    #[test]
    fn a_page_is_made_once_for_all_readers_and_again_for_another_store() {
        let times = Arc::new(AtomicUsize::new(0));
        let pages = Arc::new(Pages::default());
        let counted = times.clone();
        let make = move || {
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
        let fails = || Err(Problem::missing("there is nothing here"));
        let works = || Ok(Answer::of("text/plain", "something".into()));
        block(async {
            assert!(pages.get("/", "1-a", fails).await.is_err());
            assert!(pages.get("/", "1-a", works).await.is_ok());
            let breaks = || -> Result<Answer, Problem> { panic!("a page that breaks") };
            assert!(pages.get("/other", "1-a", breaks).await.is_err());
        });
    }

    #[test]
    fn only_a_slow_page_of_the_same_decisions_stands_in() {
        assert!(made("7-run-aa-style", 300).stands_in("8-run-aa-style"));
        assert!(!made("7-run-aa-style", 3).stands_in("8-run-aa-style"));
        assert!(!made("7-run-aa-style", 300).stands_in("8-run-bb-style"));
        assert!(!made("7-run-aa-style", 300).stands_in("8-other-aa-style"));
    }
}
