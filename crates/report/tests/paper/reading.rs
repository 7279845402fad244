//! Reads a document back with poppler's tools and rqrr: none of it is ours.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use tempfile::TempDir;

/// Millimetres of a point.
pub const MM: f64 = 25.4 / 72.0;

/// A document in a folder of its own.
pub struct Document {
    folder: TempDir,
    path: PathBuf,
}

/// A word and where it stands, in millimetres from the upper left corner.
#[derive(Debug, Clone)]
pub struct Word {
    pub page: usize,
    pub text: String,
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

/// A page as points of ink.
pub struct Image {
    pub width: usize,
    pub height: usize,
    /// Red, green and blue of each point.
    pub points: Vec<[u8; 3]>,
}

impl Document {
    pub fn new(bytes: &[u8]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("document.pdf");
        fs::write(&path, bytes).unwrap();
        Self { folder, path }
    }

    fn run(&self, tool: &str, before: &[&str], after: &[&str]) -> String {
        let out = Command::new(tool).args(before).arg(&self.path).args(after).output();
        let out = out.unwrap_or_else(|error| {
            panic!("{tool}, of poppler-utils; cargo xtask setup installs it: {error}")
        });
        assert!(out.status.success(), "{tool}: {}", String::from_utf8_lossy(&out.stderr));
        String::from_utf8(out.stdout).unwrap()
    }

    /// The text in the order of the file, cell by cell, without any white space: it does not matter where a
    /// line was broken.
    pub fn text(&self) -> String {
        flat(&self.run("pdftotext", &["-raw"], &["-"]))
    }

    /// The text of each page without white space.
    pub fn pages(&self) -> Vec<String> {
        let text = self.run("pdftotext", &["-raw"], &["-"]);
        text.trim_end_matches('\u{c}').split('\u{c}').map(flat).collect()
    }

    pub fn info(&self) -> String {
        self.run("pdfinfo", &[], &[]) + &self.run("pdfinfo", &["-meta"], &[])
    }

    pub fn fonts(&self) -> String {
        self.run("pdffonts", &[], &[])
    }

    /// The attached file `name`.
    pub fn attachment(&self, name: &str) -> Vec<u8> {
        let to = self.folder.path().join("attached");
        fs::create_dir_all(&to).unwrap();
        self.run("pdfdetach", &["-saveall", "-o", &to.display().to_string()], &[]);
        fs::read(to.join(name)).unwrap()
    }

    /// Every word with its place.
    pub fn words(&self) -> Vec<Word> {
        let page = self.run("pdftotext", &["-bbox"], &["-"]);
        let mut number = 0;
        let mut words = Vec::new();
        for line in page.lines().map(str::trim) {
            if line.starts_with("<page ") {
                number += 1;
            }
            let Some(rest) = line.strip_prefix("<word ") else { continue };
            let (places, text) = rest.split_once('>').unwrap();
            let text = text.strip_suffix("</word>").unwrap();
            let text =
                text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
            let place = |name: &str| -> f64 {
                let at = places.split_once(&format!("{name}=\"")).unwrap().1;
                at.split_once('"').unwrap().0.parse::<f64>().unwrap() * MM
            };
            words.push(Word {
                page: number,
                text,
                left: place("xMin"),
                top: place("yMin"),
                right: place("xMax"),
                bottom: place("yMax"),
            });
        }
        words
    }

    /// One page, 1-based, at so many points to the inch.
    pub fn image(&self, page: usize, resolution: u32) -> Image {
        let to = self.folder.path().join("page");
        let (page, resolution) = (page.to_string(), resolution.to_string());
        let to = to.display().to_string();
        self.run("pdftoppm", &["-singlefile", "-f", &page, "-r", &resolution], &[&to]);
        let bytes = fs::read(format!("{to}.ppm")).unwrap();
        let mut fields = bytes.splitn(4, |byte| byte.is_ascii_whitespace());
        assert_eq!(fields.next(), Some(&b"P6"[..]));
        let mut number = || {
            let field = fields.next().unwrap();
            std::str::from_utf8(field).unwrap().parse::<usize>().unwrap()
        };
        let (width, height) = (number(), number());
        let rest = fields.next().unwrap();
        let points = rest.strip_prefix(b"255\n").unwrap();
        let points: Vec<[u8; 3]> =
            points.chunks_exact(3).map(|point| [point[0], point[1], point[2]]).collect();
        assert_eq!(points.len(), width * height);
        Image { width, height, points }
    }

    /// What the codes on a page hold, read as a camera would.
    pub fn codes(&self, page: usize) -> Vec<String> {
        let image = self.image(page, 300);
        let mut prepared = rqrr::PreparedImage::prepare_from_greyscale(image.width, image.height, |x, y| {
            image.points[y * image.width + x][0]
        });
        prepared.detect_grids().iter().map(|grid| grid.decode().unwrap().1).collect()
    }

    /// The code of the whole document; there is one.
    pub fn code(&self) -> String {
        let pages = self.pages().len();
        let codes: Vec<String> = (1..=pages).flat_map(|page| self.codes(page)).collect();
        assert_eq!(codes.len(), 1, "one code in the document: {codes:?}");
        codes[0].clone()
    }
}

/// Without white space.
pub fn flat(text: &str) -> String {
    text.chars().filter(|character| !character.is_whitespace()).collect()
}
