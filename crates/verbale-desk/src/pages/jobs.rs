//! How far texts that came in are.

use maud::html;

use crate::answer::{Answer, Asked};
use crate::desk::Desk;
use crate::problem::Problem;

/// `/jobs/{id}`.
pub fn job(desk: &Desk, asked: &Asked) -> Result<Answer, Problem> {
    let id = asked.part("id");
    let job = desk
        .jobs
        .find(id)
        .ok_or_else(|| Problem::missing(format!("no texts came in under the number {id}")))?;
    let progress = job.progress();
    Answer::one(asked, &format!("Texts {}", job.id), &progress, None, || {
        html! {
            p { (progress.state) ": " (progress.done) " of " (progress.total) }
            ul { @for note in &progress.notes { li { (note) } } }
            p { a href="/" { "All pairs" } }
        }
    })
}
