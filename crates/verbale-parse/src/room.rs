//! Room for the numbers of a batch, used again by the next batch of the thread: megabytes that are asked of the system
//! anew for each batch are cleared by it each time, which took a tenth of the time of the networks.

use std::cell::RefCell;
use std::ops::{Deref, DerefMut};

thread_local! {
    static SPARE: RefCell<Vec<Vec<f32>>> = const { RefCell::new(Vec::new()) };
}

/// Rooms that a thread keeps while nothing is in them.
const KEPT: usize = 8;

/// Some numbers, of which nothing is said before they are written.
pub struct Room(Vec<f32>);

impl Room {
    /// Room for so many numbers.
    pub fn of(length: usize) -> Room {
        let mut spare = SPARE.with_borrow_mut(|spare| {
            // The smallest that is large enough, else the largest.
            let fits =
                |room: &Vec<f32>| (room.capacity() < length, room.capacity().abs_diff(length));
            let at = (0..spare.len()).min_by_key(|&at| fits(&spare[at]));
            at.map_or_else(Vec::new, |at| spare.swap_remove(at))
        });
        spare.resize(length, 0.0);
        Room(spare)
    }

    /// The same with nothing but zeros in it.
    pub fn zeroed(length: usize) -> Room {
        let mut room = Room::of(length);
        room.fill(0.0);
        room
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        let room = std::mem::take(&mut self.0);
        // Where a thread ends there is nobody to keep it.
        let _ = SPARE.try_with(|spare| {
            let mut spare = spare.borrow_mut();
            if spare.len() < KEPT {
                spare.push(room);
            }
        });
    }
}

impl Deref for Room {
    type Target = [f32];

    fn deref(&self) -> &[f32] {
        &self.0
    }
}

impl DerefMut for Room {
    fn deref_mut(&mut self) -> &mut [f32] {
        &mut self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn room_is_used_again_and_zeroed_on_demand() {
        let mut room = Room::of(1000);
        room.fill(7.0);
        let place = room.as_ptr();
        drop(room);
        let again = Room::zeroed(900);
        assert_eq!(again.as_ptr(), place);
        assert_eq!(again.len(), 900);
        assert!(again.iter().all(|x| *x == 0.0));
        assert_eq!(Room::of(20).len(), 20);
    }
}
