//! later
use crate::options::Options;
pub fn run(_options: &Options) -> anyhow::Result<()> {
    Ok(())
}
