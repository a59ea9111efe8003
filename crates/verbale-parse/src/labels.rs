//! Numbers for the few strings that labels are.

/// A list of distinct strings, each known by its place.
#[derive(Debug, Default)]
pub struct Labels(Vec<&'static str>);

/// A place in [`Labels`].
pub type Label = u16;

impl Labels {
    /// The number of `name`, which is added if it is new.
    pub fn add(&mut self, name: &'static str) -> Label {
        let place = self
            .0
            .iter()
            .position(|known| *known == name)
            .unwrap_or_else(|| {
                self.0.push(name);
                self.0.len() - 1
            });
        place as Label
    }

    /// The number of `name`, if it is in the list.
    pub fn find(&self, name: &str) -> Option<Label> {
        self.0
            .iter()
            .position(|known| *known == name)
            .map(|place| place as Label)
    }

    /// The string with this number.
    pub fn name(&self, label: Label) -> &'static str {
        self.0[usize::from(label)]
    }

    /// All strings in order.
    pub fn names(&self) -> &[&'static str] {
        &self.0
    }
}
