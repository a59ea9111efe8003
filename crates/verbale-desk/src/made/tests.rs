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
            readers.spawn(async move { pages.get("/", "1-a", make).await.unwrap().body.clone() });
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

#[test]
fn after_a_decision_what_is_made_without_haste_is_not_waited_for() {
    let pages = Arc::new(Pages::default());
    let page = |text: &'static str, takes: u64| {
        move |_| {
            std::thread::sleep(Duration::from_millis(takes));
            Ok(Answer::of("text/plain", text.into()))
        }
    };
    block(async {
        let first = pages.get("/", "1-aa", page("before", 150)).await.unwrap();
        assert_eq!(first.body, "before");
        tokio::time::sleep(Duration::from_millis(1300)).await;
        let old = pages.get("/", "2-aa", page("texts", 3000)).await.unwrap();
        assert_eq!(old.body, "before", "it stands in at once");
        let began = Instant::now();
        let new = pages.get("/", "2-bb", page("decided", 10)).await.unwrap();
        assert_eq!(new.body, "decided");
        assert!(began.elapsed() < Duration::from_millis(1500));
        tokio::time::sleep(Duration::from_millis(3200)).await;
        let still = pages.get("/", "2-bb", page("again", 10)).await.unwrap();
        assert_eq!(still.body, "decided", "what was begun before is not kept");
    });
}
