//! Units of measure behind numbers.

use super::words::Cursor;

/// Forms of units in lower case, longest first within a unit, and the name we give it.
const UNITS: &[(&str, &[&[&str]])] = &[
    (
        "percentage points",
        &[&["percentage", "points"], &["percentage", "point"]],
    ),
    (
        "percent",
        &[&["percent"], &["per", "cent"], &["%"], &["pct"]],
    ),
    (
        "barrels per day",
        &[
            &["barrels", "per", "day"],
            &["barrels", "a", "day"],
            &["barrels", "daily"],
            &["bpd"],
            &["b", "/", "d"],
        ],
    ),
    ("barrels", &[&["barrels"], &["barrel"]]),
    (
        "square kilometres",
        &[
            &["square", "kilometres"],
            &["square", "kilometers"],
            &["square", "kilometre"],
            &["square", "kilometer"],
            &["square", "km"],
            &["sq", "km"],
            &["km", "²"],
        ],
    ),
    ("square miles", &[&["square", "miles"]]),
    (
        "square metres",
        &[&["square", "metres"], &["square", "meters"]],
    ),
    (
        "cubic metres",
        &[
            &["cubic", "metres"],
            &["cubic", "meters"],
            &["cu", "m"],
            &["m", "³"],
        ],
    ),
    ("cubic feet", &[&["cubic", "feet"]]),
    (
        "kilometres",
        &[
            &["kilometres"],
            &["kilometers"],
            &["kilometre"],
            &["kilometer"],
            &["km"],
            &["kms"],
        ],
    ),
    ("miles", &[&["miles"], &["mile"]]),
    (
        "metres",
        &[&["metres"], &["meters"], &["metre"], &["meter"]],
    ),
    (
        "tonnes",
        &[
            &["metric", "tonnes"],
            &["metric", "tons"],
            &["tonnes"],
            &["tonne"],
            &["tons"],
            &["ton"],
        ],
    ),
    ("kilograms", &[&["kilograms"], &["kilogram"], &["kg"]]),
    (
        "megawatts",
        &[&["megawatts"], &["megawatt"], &["mw"], &["mwe"]],
    ),
    ("gigawatts", &[&["gigawatts"], &["gigawatt"], &["gw"]]),
    (
        "kilowatt hours",
        &[
            &["kilowatt", "-", "hours"],
            &["kilowatt", "hours"],
            &["kwh"],
        ],
    ),
    ("hectares", &[&["hectares"], &["hectare"], &["ha"]]),
    ("acres", &[&["acres"], &["acre"]]),
    ("litres", &[&["litres"], &["liters"]]),
    ("degrees", &[&["degrees"], &["°"]]),
    (
        "people",
        &[&["people"], &["persons"], &["inhabitants"], &["residents"]],
    ),
    ("years", &[&["years"], &["year"]]),
    ("months", &[&["months"], &["month"]]),
    ("weeks", &[&["weeks"], &["week"]]),
    ("days", &[&["days"], &["day"]]),
    ("hours", &[&["hours"], &["hour"]]),
    ("minutes", &[&["minutes"], &["minute"]]),
    ("decades", &[&["decades"], &["decade"]]),
];

/// The unit behind a number, a hyphen between them allowed ("500-kilometre").
pub fn after_number(end: Cursor) -> Option<(&'static str, Cursor)> {
    let hyphened = end.lower() == "-" && end.glued() && end.next().glued();
    let start = if hyphened { end.next() } else { end };
    let (unit, after) = UNITS.iter().find_map(|(unit, forms)| {
        forms
            .iter()
            .find_map(|form| Some((*unit, start.eat_all(form)?)))
    })?;
    // "A 34-year-old" is no measure of anything but an age.
    let age = after.lower() == "old" || (after.lower() == "-" && after.next().lower() == "old");
    (!age).then_some((unit, after))
}
