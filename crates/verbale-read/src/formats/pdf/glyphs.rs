//! The letters of a PDF with their places.

use std::io::{Read, Write};

use hayro_interpret::font::GlyphRun;
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::{LoadPdfError, Pdf};
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps,
    InterpreterCache, InterpreterSettings, SoftMask, interpret_page,
};

/// A letter, or several that a font draws as one. Units are points; `baseline` grows downwards from the page's top.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Glyph {
    pub text: String,
    pub left: f64,
    pub right: f64,
    pub baseline: f64,
    /// Size of the type.
    pub size: f64,
}

/// The glyphs of all pages, and what the file says about itself.
#[derive(Default)]
pub(crate) struct Pages {
    pub pages: Vec<Vec<Glyph>>,
    /// Height of each page.
    pub heights: Vec<f64>,
    pub title: String,
    pub author: String,
}

/// A book has as many; an article has not.
const PAGES: usize = 3000;
const GLYPHS: usize = 8 << 20;

impl Pages {
    pub fn read(bytes: &[u8]) -> Result<Pages, &'static str> {
        let pdf = Pdf::new(bytes.to_vec()).map_err(|error| match error {
            LoadPdfError::Decryption(_) => "it is locked with a password",
            _ => "its structure is broken",
        })?;
        let metadata = pdf.metadata();
        let mut pages = Pages {
            title: string(metadata.title.as_deref()),
            author: string(metadata.author.as_deref()),
            ..Pages::default()
        };
        let cache = InterpreterCache::new();
        let mut left = GLYPHS;
        for page in pdf.pages().iter().take(PAGES) {
            let (width, height) = page.render_dimensions();
            let to_page = Affine::new(page.initial_transform(true).as_coeffs());
            let bounds = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
            let mut context = Context::new(
                to_page,
                bounds,
                &cache,
                pdf.xref(),
                InterpreterSettings::default(),
            );
            let mut collector = Collector {
                glyphs: Vec::new(),
                bounds,
                left,
            };
            interpret_page(page, &mut context, &mut collector);
            left = collector.left;
            pages.pages.push(collector.glyphs);
            pages.heights.push(f64::from(height));
        }
        if pages.pages.iter().all(Vec::is_empty) && !pages.pages.is_empty() {
            return Err(
                "it holds pictures of pages and no letters; run a text recognition over it",
            );
        }
        Ok(pages)
    }
}

/// A string of the file's list of properties: UTF-16 with its mark, UTF-8, or an encoding close to Windows-1252.
fn string(bytes: Option<&[u8]>) -> String {
    let bytes = bytes.unwrap_or_default();
    match encoding_rs::Encoding::for_bom(bytes) {
        Some((encoding, mark)) => encoding
            .decode_without_bom_handling(&bytes[mark..])
            .0
            .into_owned(),
        None => std::str::from_utf8(bytes).map_or_else(
            |_| encoding_rs::WINDOWS_1252.decode(bytes).0.into_owned(),
            str::to_owned,
        ),
    }
}

/// A device that draws nothing and notes the letters.
struct Collector {
    glyphs: Vec<Glyph>,
    bounds: Rect,
    /// So many more letters are taken.
    left: usize,
}

impl Device<'_> for Collector {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, '_>, props: DrawProps<'_>, _: &DrawMode) {
        for glyph in run.glyphs() {
            let Some(text) = glyph.as_unicode() else {
                continue;
            };
            let to_page = props.transform * glyph.transform();
            let origin = to_page * Point::ZERO;
            // A glyph's own space has a thousand units to the type's size.
            let size = (to_page * Point::new(0.0, 1000.0)).distance(origin);
            let advance = match &**glyph {
                hayro_interpret::font::Glyph::Outline(outline) => outline.advance_width(),
                hayro_interpret::font::Glyph::Type3(_) => None,
            };
            let end = to_page * Point::new(f64::from(advance.unwrap_or(500.0)), 0.0);
            // Letters that stand on their side are stamps and legends; those off the page are nobody's to read.
            let upright = (end.y - origin.y).abs() < 0.1 * size && end.x >= origin.x;
            if !upright || !self.bounds.contains(origin) || size < 1.0 || self.left == 0 {
                continue;
            }
            self.left -= 1;
            self.glyphs.push(Glyph {
                text: match text {
                    BfString::Char(char) => char.to_string(),
                    BfString::String(chars) => chars,
                },
                left: origin.x,
                right: end.x,
                baseline: origin.y,
                size,
            });
        }
    }

    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'_>, _: &DrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'_>>, _: BlendMode) {}
    fn draw_image(&mut self, _: Image<'_, '_>, _: ImageDrawProps<'_>) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}

/// Whether the packed streams of a file hold more than `limit` bytes together, streams packed twice included. The
/// interpreter unpacks without bound, so this is asked first.
pub(crate) fn unpacks_beyond(bytes: &[u8], limit: usize) -> bool {
    let mut left = limit;
    let mut rest = bytes;
    while let Some(at) = find(rest, b"stream") {
        rest = &rest[at + b"stream".len()..];
        let packed = rest.trim_ascii_start();
        if packed.first().is_some_and(|byte| byte & 0x0f == 8) && !fits(packed, &mut left, 0) {
            return true;
        }
    }
    false
}

/// Unpacks a stream for its length only.
fn fits(packed: &[u8], left: &mut usize, depth: usize) -> bool {
    let mut head = Head::default();
    let mut unpacked = flate2::read::ZlibDecoder::new(packed).take(*left as u64 + 1);
    let count = std::io::copy(&mut unpacked, &mut head).map_or(head.count, |count| count as usize);
    if count > *left {
        return false;
    }
    *left -= count;
    // Packed again: a valid head of zlib whose content is packed in its turn.
    let twice = head.bytes.len() > 1
        && head.bytes[0] & 0x0f == 8
        && u16::from_be_bytes([head.bytes[0], head.bytes[1]]) % 31 == 0;
    !twice || depth < 4 && fits(&head.bytes, left, depth + 1)
}

/// Keeps the beginning of what is written to it.
#[derive(Default)]
struct Head {
    bytes: Vec<u8>,
    count: usize,
}

impl Write for Head {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        const KEPT: usize = 1 << 20;
        let room = KEPT.saturating_sub(self.bytes.len());
        self.bytes
            .extend_from_slice(&bytes[..bytes.len().min(room)]);
        self.count += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn find(bytes: &[u8], word: &[u8]) -> Option<usize> {
    bytes.windows(word.len()).position(|at| at == word)
}
